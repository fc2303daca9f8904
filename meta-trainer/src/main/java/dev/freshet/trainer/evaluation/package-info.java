/**
 * How good a release is on tasks it has never seen, beside the yardsticks that any table needs: the
 * release un-adapted, the nearest mean, logistic regression.
 *
 * <p>Concepts, in order: {@link dev.freshet.trainer.evaluation.EvaluationSettings} say who is
 * judged, on what, by which {@link dev.freshet.trainer.evaluation.Protocol}; a {@link
 * dev.freshet.trainer.evaluation.Trial} is a support and questions to who has seen it; a {@link
 * dev.freshet.trainer.evaluation.Contestant} answers; a {@link
 * dev.freshet.trainer.evaluation.Result} is a line of the table, a {@link
 * dev.freshet.trainer.evaluation.PairedDifference} compares two of them on the same questions.
 * Entry point: {@link dev.freshet.trainer.evaluation.Evaluation#run}.
 *
 * <p>Everyone answers through what the job answers with; only logistic regression has no release.
 */
@NullMarked
package dev.freshet.trainer.evaluation;

import org.jspecify.annotations.NullMarked;

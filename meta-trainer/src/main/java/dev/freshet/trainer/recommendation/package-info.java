/**
 * How good a release is on users it has never seen, by the number of their own events, beside the
 * yardsticks that any table needs.
 *
 * <p>Concepts, in order: {@link dev.freshet.trainer.recommendation.ReaderEvaluationSettings} say
 * who is judged; a {@link dev.freshet.trainer.recommendation.Ranker} puts the catalogue in order
 * for a {@link dev.freshet.trainer.recommendation.RankingTrial}; {@link
 * dev.freshet.trainer.recommendation.RankingMetrics} say how good that is; a {@link
 * dev.freshet.trainer.recommendation.Measures} holds a learner's figures for each user, so that two
 * can be compared user by user. Entry point: {@link
 * dev.freshet.trainer.recommendation.ReaderEvaluation#run}.
 *
 * <p>The release answers through what the job answers with. Events pass in the order of time, and
 * nobody sees what comes later.
 */
@NullMarked
package dev.freshet.trainer.recommendation;

import org.jspecify.annotations.NullMarked;

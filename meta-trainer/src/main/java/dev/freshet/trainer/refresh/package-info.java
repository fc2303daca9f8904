/**
 * One refresh: from past tasks and a champion to a challenger, and the judgement on it. Knows no
 * Kafka; what it decides, others publish.
 *
 * <p>Concepts, in order: {@link dev.freshet.trainer.refresh.Material} is what past tasks teach, by
 * class; a {@link dev.freshet.trainer.refresh.ClassSplit} divides the classes into what is trained
 * on, what chooses and what judges; a {@link dev.freshet.trainer.refresh.Challenger} is what came
 * of training; a {@link dev.freshet.trainer.refresh.Gate} sets it against the champion; a {@link
 * dev.freshet.trainer.refresh.RefreshedRelease} makes a release of it. Entry point: {@link
 * dev.freshet.trainer.refresh.Refresh}.
 *
 * <p>A pure function of tasks, champion, settings and seed, on one kind of processor.
 */
@NullMarked
package dev.freshet.trainer.refresh;

import org.jspecify.annotations.NullMarked;

/**
 * The outer loop: learns what to adapt from, on tasks made of a corpus, by the same graphs that
 * serve.
 *
 * <p>Concepts, in order: {@link dev.freshet.trainer.training.TrainingTasks} divide a corpus by
 * class into what is trained on and what is held out, and make of each a {@link
 * dev.freshet.trainer.training.TaskSource}; a {@link dev.freshet.trainer.training.Beginning} is
 * what training starts from; {@link dev.freshet.trainer.training.TrainingSettings} say how long and
 * how fast; a {@link dev.freshet.trainer.training.TrainingResult} is what came of it, a {@link
 * dev.freshet.trainer.training.TrainedRelease} makes a release of that. Entry point: {@link
 * dev.freshet.trainer.training.Trainer}.
 *
 * <p>Everything is a pure function of corpus, learner, settings and seed, on one kind of processor.
 * Nothing here knows which learner it trains.
 */
@NullMarked
package dev.freshet.trainer.training;

import org.jspecify.annotations.NullMarked;

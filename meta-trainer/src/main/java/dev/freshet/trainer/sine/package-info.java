/**
 * Sine regression, the experiment by which MAML was introduced (Finn, Abbeel, Levine, ICML 2017,
 * section 5.1): what a few gradient steps make of a network that was meta-learned, and of the same
 * network trained on all tasks at once.
 *
 * <p>{@link dev.freshet.trainer.sine.SineTasks} are the tasks, {@link
 * dev.freshet.trainer.sine.SineSettings} how long it takes, {@link
 * dev.freshet.trainer.sine.SineResults} what comes out. Entry point: {@link
 * dev.freshet.trainer.sine.SineExperiment#run}.
 */
@NullMarked
package dev.freshet.trainer.sine;

import org.jspecify.annotations.NullMarked;

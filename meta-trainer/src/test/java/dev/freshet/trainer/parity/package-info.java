/**
 * The inner and outer loop written a second time for PyTorch, whose autograd knows nothing of ours.
 *
 * <p>{@link dev.freshet.trainer.parity.PyTorchEpisode} is the formulas of the gradient learners;
 * {@link dev.freshet.trainer.parity.PyTorchParityTest} compares gradients.
 */
@NullMarked
package dev.freshet.trainer.parity;

import org.jspecify.annotations.NullMarked;

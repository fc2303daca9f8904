/**
 * Numbers with a shape: float32 tensors with value equality.
 *
 * <p>{@link dev.freshet.adaptation.tensor.Shape} is the size of each axis, {@link
 * dev.freshet.adaptation.tensor.Tensor} the values. Start at the latter. Knows nothing of graphs.
 */
@NullMarked
package dev.freshet.adaptation.tensor;

import org.jspecify.annotations.NullMarked;

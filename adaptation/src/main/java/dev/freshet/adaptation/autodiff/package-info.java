/**
 * Reverse-mode automatic differentiation that maps graphs to graphs, so that gradients can be
 * differentiated again: MAML's meta-gradient is a gradient of a graph with gradients in it.
 *
 * <p>A cotangent is the derivative of the final number by a value of the graph; a pullback turns
 * the cotangent of a node into those of its inputs, one rule per op. Start at {@link
 * dev.freshet.adaptation.autodiff.Gradients}. Nothing here runs a graph or knows a learner.
 */
@NullMarked
package dev.freshet.adaptation.autodiff;

import org.jspecify.annotations.NullMarked;

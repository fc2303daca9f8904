/**
 * A small typed graph of tensor operations, whose shapes are checked as it is written.
 *
 * <p>A {@link dev.freshet.adaptation.graph.Dim} is the size of an axis, fixed or symbolic; a {@link
 * dev.freshet.adaptation.graph.GraphShape} is a list of them; a {@link
 * dev.freshet.adaptation.graph.Node} is an {@link dev.freshet.adaptation.graph.Op} applied to other
 * nodes; a {@link dev.freshet.adaptation.graph.Graph} names some of them as inputs and outputs.
 *
 * <p>Start at {@link dev.freshet.adaptation.graph.GraphBuilder}. Neither names of ONNX operators
 * nor protobuf belong here.
 */
@NullMarked
package dev.freshet.adaptation.graph;

import org.jspecify.annotations.NullMarked;

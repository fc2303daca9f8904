/**
 * The edge where graphs and tensors become ONNX files, and back as far as releases need it.
 *
 * <p>{@link dev.freshet.adaptation.onnx.OnnxWriter} writes a graph, or an initialisation: a model
 * of nothing but initialisers. {@link dev.freshet.adaptation.onnx.OnnxReader} reads an
 * initialisation and the {@link dev.freshet.adaptation.onnx.Signature} of a graph. The same input
 * gives the same bytes.
 *
 * <p>Protobuf types do not leak out of this package.
 */
@NullMarked
package dev.freshet.adaptation.onnx;

import org.jspecify.annotations.NullMarked;

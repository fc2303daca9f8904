package dev.freshet.adaptation.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what a release needs to know of ONNX files. Whatever is not as expected is an {@link
 * IllegalArgumentException}; data outside of the file itself is refused, because no digest covers
 * it.
 */
public final class OnnxReader {
  /** The tensors of a model of nothing but initialisers. */
  public SortedMap<String, Tensor> readInitialization(byte[] bytes) {
    GraphProto graph = graph(bytes);
    if (graph.getNodeCount() > 0 || graph.getInputCount() > 0) {
      throw new IllegalArgumentException(
          "An initialisation has %d nodes and %d inputs, expected nothing but initialisers."
              .formatted(graph.getNodeCount(), graph.getInputCount()));
    }
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    for (TensorProto proto : graph.getInitializerList()) {
      Tensor tensor = Protos.tensor(proto);
      if (!tensor.isFinite()) {
        throw new IllegalArgumentException(
            "Tensor '" + proto.getName() + "' holds NaN or infinity, expected finite numbers.");
      }
      if (tensors.put(proto.getName(), tensor) != null) {
        throw new IllegalArgumentException(
            "Tensor '" + proto.getName() + "' is there twice, expected once.");
      }
    }
    return tensors;
  }

  /** What a graph takes and gives. */
  public Signature readSignature(byte[] bytes) {
    GraphProto graph = graph(bytes);
    return new Signature(shapes(graph.getInputList()), shapes(graph.getOutputList()));
  }

  private static Map<String, GraphShape> shapes(List<ValueInfoProto> values) {
    Map<String, GraphShape> shapes = new LinkedHashMap<>();
    for (ValueInfoProto value : values) {
      if (shapes.put(value.getName(), Protos.shape(value)) != null) {
        throw new IllegalArgumentException(
            "'" + value.getName() + "' is there twice, expected once.");
      }
    }
    return shapes;
  }

  private static GraphProto graph(byte[] bytes) {
    try {
      ModelProto model = ModelProto.parseFrom(bytes);
      ExternalData.refuse(model);
      return model.getGraph();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("Not an ONNX model: " + e.getMessage(), e);
    }
  }
}

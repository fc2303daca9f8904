package dev.freshet.adaptation.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Map;
import java.util.TreeMap;

/** Writes ONNX models: opset 18 and com.microsoft 1, IR version 10. */
public final class OnnxWriter {
  static final String MICROSOFT = "com.microsoft";
  private static final int IR_VERSION = 10;
  private static final int OPSET = 18;

  /** The model of a graph, with symbolic dims under their names. */
  public byte[] write(Graph graph) {
    return model(new GraphEncoding(graph).encode());
  }

  /** A model of nothing but initialisers, in alphabetical order, each also an output. */
  public byte[] writeInitialization(Map<String, Tensor> tensors) {
    GraphProto.Builder proto = GraphProto.newBuilder().setName("initialization");
    new TreeMap<>(tensors)
        .forEach(
            (name, tensor) -> {
              proto.addInitializer(Protos.tensor(name, tensor));
              proto.addOutput(Protos.value(name, GraphShape.of(tensor.shape())));
            });
    return model(proto.build());
  }

  private static byte[] model(GraphProto graph) {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("freshet")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(MICROSOFT).setVersion(1))
        .setGraph(graph)
        .build()
        .toByteArray();
  }
}

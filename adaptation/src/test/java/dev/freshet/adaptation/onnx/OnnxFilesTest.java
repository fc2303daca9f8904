package dev.freshet.adaptation.onnx;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.learner.LdaLearner;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.PlainLogisticLearner;
import dev.freshet.adaptation.learner.PrototypeLearner;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OnnxFilesTest {
  /** Ends of names of sizes and the like, which are no floats. */
  private static final Set<String> WHOLE_NUMBERS =
      Set.of("size", "target", "rows", "whole", "passes");

  private final OnnxWriter writer = new OnnxWriter();
  private final OnnxReader reader = new OnnxReader();

  @Test
  void theSameGraphGivesTheSameBytes() {
    byte[] once = writer.write(new PrototypeLearner(8).adaptGraph());
    assertThat(writer.write(new PrototypeLearner(8).adaptGraph())).isEqualTo(once);
    assertThat(writer.write(new PrototypeLearner(9).adaptGraph())).isNotEqualTo(once);
  }

  @Test
  void declaresVersionsThatOnnxRuntimeKnows() throws Exception {
    ModelProto model = ModelProto.parseFrom(writer.write(new PrototypeLearner(8).adaptGraph()));
    assertThat(model.getIrVersion()).isEqualTo(10);
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(18);
    assertThat(model.getOpsetImport(1).getDomain()).isEqualTo("com.microsoft");
  }

  @Test
  void signatureKeepsSymbolicDims() {
    Signature signature = reader.readSignature(writer.write(new PrototypeLearner(8).adaptGraph()));
    assertThat(signature.inputs())
        .containsEntry("support_x", GraphShape.of(Dim.TASKS, Dim.SUPPORT, Dim.of(8)))
        .containsEntry("name_weight", GraphShape.of(Dim.ONE));
    assertThat(signature.outputs())
        .containsOnly(
            Map.entry("prototypes", GraphShape.of(Dim.TASKS, Dim.WAYS, Dim.of(8))),
            Map.entry("bias", GraphShape.of(Dim.TASKS, Dim.ONE, Dim.WAYS)));
  }

  /** What is not said here ONNX Runtime has to infer, and cannot for its own operators. */
  @Test
  void saysTheShapeOfEveryFloatInBetween() throws Exception {
    shapesAreSaid(new LdaLearner(8), 100);
    GraphProto large = shapesAreSaid(new PlainLogisticLearner(8), 100);
    NodeProto loop =
        large.getNodeList().stream()
            .filter(node -> node.getOpType().equals("Loop"))
            .findFirst()
            .orElseThrow();
    shapesAreSaid(
        loop.getAttributeList().stream()
            .filter(AttributeProto::hasG)
            .map(AttributeProto::getG)
            .findFirst()
            .orElseThrow(),
        30);
  }

  private GraphProto shapesAreSaid(Learner learner, int least) throws Exception {
    GraphProto graph = ModelProto.parseFrom(writer.write(learner.adaptGraph())).getGraph();
    shapesAreSaid(graph, least);
    return graph;
  }

  private static void shapesAreSaid(GraphProto graph, int least) {
    Set<String> outputs =
        graph.getOutputList().stream().map(ValueInfoProto::getName).collect(toSet());
    Set<String> said =
        graph.getValueInfoList().stream().map(ValueInfoProto::getName).collect(toSet());
    Set<String> made =
        graph.getNodeList().stream()
            .flatMap(node -> node.getOutputList().stream())
            .filter(name -> !outputs.contains(name))
            .filter(name -> !WHOLE_NUMBERS.contains(name.substring(name.lastIndexOf('/') + 1)))
            .collect(toSet());
    assertThat(made).hasSizeGreaterThan(least);
    assertThat(said).isEqualTo(made);
  }

  @Test
  void theArgumentOfASoftmaxIsNotOverwritten() throws Exception {
    GraphBuilder g = new GraphBuilder("g");
    Node x = g.input("x", Dim.TASKS, Dim.WAYS);
    Graph graph = g.output("p", g.softmax(g.neg(x))).build();
    ValueInfoProto argument = ModelProto.parseFrom(writer.write(graph)).getGraph().getValueInfo(0);

    assertThat(Protos.shape(argument))
        .isEqualTo(GraphShape.of(Dim.TASKS, Dim.symbol("softmax_ways")));
    assertThat(GraphRun.run(writer.write(graph), "p", Map.of("x", Tensor.of(Shape.of(1, 2), 3, 3))))
        .isEqualTo(Tensor.of(Shape.of(1, 2), 0.5f, 0.5f));
  }

  @Test
  void oneNodeMayBeSeveralOutputsAndAnInputOne() {
    GraphBuilder g = new GraphBuilder("g");
    Node x = g.input("x", Dim.of(2));
    Node y = g.neg(x);
    Graph graph =
        g.output("a", y).output("b", y).output("c", x).output("d", g.constant(bits())).build();
    Map<String, Tensor> inputs = Map.of("x", Tensor.vector(1, 2));
    byte[] model = writer.write(graph);
    assertThat(GraphRun.run(model, "a", inputs)).isEqualTo(Tensor.vector(-1, -2));
    assertThat(GraphRun.run(model, "b", inputs)).isEqualTo(Tensor.vector(-1, -2));
    assertThat(GraphRun.run(model, "c", inputs)).isEqualTo(Tensor.vector(1, 2));
    assertThat(GraphRun.run(model, "d", inputs)).isEqualTo(bits());
  }

  private static Tensor bits() {
    return Tensor.of(Shape.of(1, 3), -0f, Float.MIN_VALUE, 3.4e38f);
  }

  @Test
  void initializationComesBackBitForBit() {
    SortedMap<String, Tensor> tensors =
        new TreeMap<>(Map.of("b", bits(), "a", Tensor.scalar(1.5f)));
    byte[] bytes = writer.writeInitialization(tensors);
    assertThat(reader.readInitialization(bytes)).isEqualTo(tensors);
    assertThat(GraphRun.run(bytes, "b", Map.of())).isEqualTo(bits());
  }

  @Test
  void initializationIsNothingButFiniteInitialisers() {
    byte[] graph = writer.write(new PrototypeLearner(8).adaptGraph());
    assertThatThrownBy(() -> reader.readInitialization(graph))
        .hasMessageContaining("nothing but initialisers");
    byte[] notFinite = writer.writeInitialization(Map.of("w", Tensor.vector(Float.NaN)));
    assertThatThrownBy(() -> reader.readInitialization(notFinite))
        .hasMessageContaining("'w' holds NaN or infinity");
  }

  @Test
  void foreignBytesAreNoModel() {
    byte[] bytes = "definitely not protobuf".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> reader.readSignature(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Not an ONNX model");
  }

  @Test
  void refusesDataInOtherFilesWhereverItHides() {
    TensorProto external =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(1)
            .addDims(1)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue("weights.bin"))
            .build();
    GraphProto asInitializer = GraphProto.newBuilder().addInitializer(external).build();
    AttributeProto.Builder body = AttributeProto.newBuilder().setName("body").setG(asInitializer);
    GraphProto inSubgraph =
        GraphProto.newBuilder().addNode(NodeProto.newBuilder().addAttribute(body)).build();
    for (GraphProto graph : new GraphProto[] {asInitializer, inSubgraph}) {
      byte[] model = ModelProto.newBuilder().setGraph(graph).build().toByteArray();
      assertThatThrownBy(() -> reader.readSignature(model))
          .hasMessageContaining("'w' keeps its data in another file");
    }
  }
}

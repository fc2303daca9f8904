package dev.freshet.adaptation.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.graph.Node;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutputSelectionTest {
  private static final OnnxReader READER = new OnnxReader();

  /** Two outputs that share one input and have one each. */
  private static byte[] two() {
    GraphBuilder g = new GraphBuilder("two");
    Node x = g.input("x", Dim.TASKS, Dim.of(3));
    Node a = g.input("a", Dim.TASKS, Dim.of(3));
    Node b = g.input("b", Dim.TASKS, Dim.of(3));
    Node shared = g.tanh(x);
    Graph graph =
        g.output("first", g.add(g.mul(shared, g.constant(2f)), a))
            .output("second", g.mul(shared, b))
            .build();
    return new OnnxWriter().write(graph);
  }

  private static GraphProto graph(byte[] bytes) throws InvalidProtocolBufferException {
    return ModelProto.parseFrom(bytes).getGraph();
  }

  @Test
  void keepsWhatAnOutputNeedsAndNothingElse() throws InvalidProtocolBufferException {
    byte[] first = OutputSelection.of(two(), Set.of("first"));
    byte[] second = OutputSelection.of(two(), Set.of("second"));

    assertThat(READER.readSignature(first).inputs().keySet()).containsExactly("x", "a");
    assertThat(READER.readSignature(first).outputs().keySet()).containsExactly("first");
    assertThat(graph(first).getNodeList())
        .extracting(NodeProto::getOpType)
        .containsExactly("Tanh", "Mul", "Add");
    assertThat(graph(first).getInitializerList()).hasSize(1);
    assertThat(READER.readSignature(second).inputs().keySet()).containsExactly("x", "b");
    assertThat(graph(second).getInitializerList()).isEmpty();
  }

  @Test
  void allOutputsKeepTheWholeGraph() throws InvalidProtocolBufferException {
    byte[] both = OutputSelection.of(two(), Set.of("second", "first"));

    assertThat(graph(both).getNodeList()).isEqualTo(graph(two()).getNodeList());
    assertThat(READER.readSignature(both)).isEqualTo(READER.readSignature(two()));
  }

  /** Somebody else's graph may branch; a branch does not list what it takes from around it. */
  @Test
  void whatABranchTakesFromAroundItIsKept() throws InvalidProtocolBufferException {
    GraphProto branch =
        GraphProto.newBuilder()
            .addNode(NodeProto.newBuilder().setOpType("Neg").addInput("hidden").addOutput("y"))
            .addOutput(ValueInfoProto.newBuilder().setName("y"))
            .build();
    NodeProto choice =
        NodeProto.newBuilder()
            .setOpType("If")
            .addInput("condition")
            .addOutput("out")
            .addAttribute(AttributeProto.newBuilder().setName("then_branch").setG(branch))
            .build();
    GraphProto graph =
        GraphProto.newBuilder()
            .addNode(NodeProto.newBuilder().setOpType("Tanh").addInput("x").addOutput("hidden"))
            .addNode(NodeProto.newBuilder().setOpType("Tanh").addInput("x").addOutput("unused"))
            .addNode(choice)
            .addInput(ValueInfoProto.newBuilder().setName("x"))
            .addInput(ValueInfoProto.newBuilder().setName("condition"))
            .addOutput(ValueInfoProto.newBuilder().setName("out"))
            .addOutput(ValueInfoProto.newBuilder().setName("unused"))
            .build();
    byte[] bytes = ModelProto.newBuilder().setGraph(graph).build().toByteArray();

    GraphProto part = graph(OutputSelection.of(bytes, Set.of("out")));

    assertThat(part.getNodeList()).containsExactly(graph.getNode(0), choice);
    assertThat(part.getInputCount()).isEqualTo(2);
  }

  @Test
  void aSharedInputIsThereOnceForTheBatch() {
    byte[] shared = OutputSelection.shared(two(), "x");

    assertThat(READER.readSignature(shared).inputs())
        .containsEntry("x", GraphShape.of(Dim.ONE, Dim.of(3)))
        .containsEntry("a", GraphShape.of(Dim.TASKS, Dim.of(3)));
  }

  @Test
  void aPartKeepsTheShapesOfItsValuesAndASharedInputForgetsThem()
      throws InvalidProtocolBufferException {
    GraphProto first = graph(OutputSelection.of(two(), Set.of("first")));

    assertThat(first.getValueInfoList()).isNotEmpty();
    assertThat(first.getNodeList().stream().flatMap(node -> node.getOutputList().stream()))
        .containsAll(first.getValueInfoList().stream().map(ValueInfoProto::getName).toList());
    assertThat(graph(OutputSelection.shared(two(), "x")).getValueInfoList()).isEmpty();
  }

  @Test
  void refusesWhatIsNoModel() {
    assertThatThrownBy(() -> OutputSelection.of(new byte[] {1, 2, 3}, Set.of()))
        .hasMessageContaining("Not an ONNX model");
  }
}

package dev.freshet.adaptation.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
  private final GraphBuilder g = new GraphBuilder("test");
  private final Node x = g.input("x", Dim.TASKS, Dim.SUPPORT, Dim.of(4));
  private final Node y = g.input("y", Dim.TASKS, Dim.SUPPORT, Dim.WAYS);

  @Test
  void infersShapesThroughSymbolicDims() {
    Node product = g.fusedMatMul(y, true, x, false, 1f);
    assertThat(product.shape()).isEqualTo(GraphShape.of(Dim.TASKS, Dim.WAYS, Dim.of(4)));
    assertThat(g.sumLastAxis(product).shape())
        .isEqualTo(GraphShape.of(Dim.TASKS, Dim.WAYS, Dim.ONE));
    assertThat(g.transpose(x, 0, 2, 1).shape())
        .isEqualTo(GraphShape.of(Dim.TASKS, Dim.of(4), Dim.SUPPORT));
    assertThat(g.concat(-1, x, x).shape().dim(-1)).isEqualTo(Dim.of(8));
    assertThat(g.slice(x, 2, 1, 3).shape().dim(2)).isEqualTo(Dim.of(2));
    assertThat(g.reshape(x, Dim.TASKS, Dim.SUPPORT, Dim.of(2), Dim.of(2)).shape().rank())
        .isEqualTo(4);
    assertThat(g.squeeze(g.unsqueeze(x, 0), 0).shape()).isEqualTo(x.shape());
    assertThat(g.reduceMax(x).shape().dim(-1)).isEqualTo(Dim.ONE);
  }

  @Test
  void broadcastsOnesOnly() {
    Node scale = g.input("scale", Dim.ONE, Dim.of(4));
    assertThat(g.mul(x, scale).shape()).isEqualTo(x.shape());
    assertThatThrownBy(() -> g.add(x, y))
        .hasMessage(
            "Cannot apply ADD to [tasks, support, 4] and [tasks, support, ways]: expected dims that"
                + " are equal or 1, aligned at the last axis.");
  }

  @Test
  void whatIsWrittenTwiceIsOneNode() {
    GraphBuilder g = new GraphBuilder("twice");
    Node x = g.input("x", Dim.TASKS, Dim.of(4));
    Node once = g.mul(g.add(x, g.constant(2f)), x);
    assertThat(g.mul(g.add(x, g.constant(2f)), x)).isSameAs(once);
    assertThat(g.mul(x, g.add(x, g.constant(2f)))).isNotSameAs(once);
    assertThat(g.mul(g.add(x, g.constant(3f)), x)).isNotSameAs(once);

    GraphBuilder other = new GraphBuilder("other");
    Node y = other.input("y", Dim.TASKS, Dim.of(4));
    Graph inlined = other.output("z", other.mul(other.add(y, other.constant(2f)), y)).build();
    assertThat(g.inline(inlined, Map.of("y", x))).containsEntry("z", once);
  }

  @Test
  void pointsAtTheLineThatIsWrong() {
    Throwable error = null;
    try {
      g.matMul(x, y);
    } catch (IllegalArgumentException e) {
      error = e;
    }
    assertThat(error)
        .isNotNull()
        .hasMessage(
            "Cannot apply MATMUL to [tasks, support, 4] and [tasks, support, ways]: expected equal"
                + " inner dims, got 4 and support.");
    String firstOutside =
        Arrays.stream(error == null ? new StackTraceElement[0] : error.getStackTrace())
            .map(StackTraceElement::getClassName)
            .filter(name -> !name.matches(".*\\.(ShapeRules|Node|GraphBuilder|Optional)"))
            .findFirst()
            .orElse("");
    assertThat(firstOutside).isEqualTo(GraphBuilderTest.class.getName());
  }

  @Test
  void refusesEveryOtherMisfit() {
    Node vector = g.constant(Tensor.vector(1, 2));
    refused(() -> g.matMul(vector, x), "MATMUL", "at least two axes");
    refused(() -> g.fusedMatMul(x, false, x, false, 1f), "FUSED_MATMUL", "inner dims");
    refused(() -> g.transpose(x, 0, 1), "TRANSPOSE", "a permutation of [0, 1, 2], got [0, 1]");
    refused(() -> g.reshape(x, Dim.SUPPORT, Dim.TASKS, Dim.of(4)), "RESHAPE", "symbolic dims");
    refused(() -> g.reshape(x, Dim.TASKS, Dim.SUPPORT, Dim.of(5)), "RESHAPE", "4 elements");
    refused(() -> g.unsqueeze(x, 5), "UNSQUEEZE", "an axis from 0 to 3, got 5");
    refused(() -> g.squeeze(x, 2), "SQUEEZE", "size 1 at axis 2, got 4");
    refused(() -> g.expandLike(x, vector), "EXPAND", "stretches");
    refused(() -> g.concat(2, x, y), "CONCAT", "a fixed size at axis 2, got ways");
    refused(() -> g.concat(2, x, vector), "CONCAT", "dims equal everywhere");
    refused(() -> g.slice(x, 2, 2, 2), "SLICE", "0 <= start < end <= 4");
    refused(() -> g.slice(x, 1, 0, 1), "SLICE", "a fixed size at axis 1, got support");
    refused(() -> g.softmax(g.constant(1f)), "SOFTMAX", "at least one axis");
    refused(() -> g.sumLastAxis(y), "sum the last axis", "fixed size");
    refused(() -> g.concat(0), "CONCAT", "a part or more");
    refused(() -> g.repeat(twice(x), 2, 3, Map.of("x", y)), "REPEAT", "what the body takes");
    refused(
        () -> g.repeat(turned(x), 2, 3, Map.of("x", x)),
        "REPEAT",
        "a body that gives what it takes first");
    refused(
        () -> g.repeat(twice(vector), 2, 3, Map.of("x", vector)),
        "REPEAT",
        "rows on its second axis");
    refused(() -> g.repeat(twice(x), 0, 3, Map.of("x", x)), "REPEAT", "positive number");
    refused(() -> g.repeat(twice(x), 2, 3, Map.of()), "repeat graph 'twice'", "input 'x'");
  }

  private static Graph twice(Node like) {
    GraphBuilder body = new GraphBuilder("twice");
    Node x = body.input("x", like.shape().dims().toArray(new Dim[0]));
    return body.output("y", body.add(x, x)).build();
  }

  private static Graph turned(Node like) {
    GraphBuilder body = new GraphBuilder("turned");
    Node x = body.input("x", like.shape().dims().toArray(new Dim[0]));
    return body.output("y", body.transpose(x, 0, 2, 1)).build();
  }

  private static void refused(Runnable wrong, String op, String expected) {
    assertThatThrownBy(wrong::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(op)
        .hasMessageContaining(expected);
  }

  @Test
  void namesAreUnique() {
    refused(() -> g.input("x", Dim.ONE), "Input 'x'", "names are unique");
    g.output("z", x);
    refused(() -> g.output("z", y), "Output 'z'", "names are unique");
    refused(() -> g.output("x", y), "Output 'x'", "names are unique");
    refused(() -> g.output("Z z", y), "Z z", "of the form");
  }

  @Test
  void knowsItsNodesInTheOrderTheyNeedEachOther() {
    Node unused = g.neg(x);
    Node a = g.add(x, g.constant(1f));
    Graph graph = g.output("b", g.mul(a, a)).build();
    assertThat(graph.nodes()).doesNotContain(unused).doesNotHaveDuplicates();
    assertThat(graph.nodes().stream().map(Node::op))
        .containsExactly(Op.INPUT, Op.INPUT, Op.CONSTANT, Op.ADD, Op.MUL);
  }

  @Test
  void holdsUnrolledLoopsTooDeepForTheStack() {
    Node deep = x;
    for (int i = 0; i < 100_000; i++) {
      deep = g.neg(deep);
    }
    assertThat(g.output("deep", deep).build().nodes()).hasSize(100_002);
  }

  @Test
  void refusesInputsOfAnotherGraphAndGraphsWithoutOutput() {
    Node foreign = new GraphBuilder("other").input("f", Dim.of(4));
    assertThatThrownBy(g::build).hasMessageContaining("no output");
    g.output("out", g.add(x, foreign));
    assertThatThrownBy(g::build).hasMessageContaining("an input of another graph");
  }

  @Test
  void refusesDimsThatCannotBe() {
    assertThatThrownBy(() -> Dim.of(0)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> Dim.symbol("Not a name")).hasMessageContaining("of the form");
    assertThat(GraphShape.of(Shape.of(2, 3)).toString()).isEqualTo("[2, 3]");
  }
}

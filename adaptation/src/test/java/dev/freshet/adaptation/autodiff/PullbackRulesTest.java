package dev.freshet.adaptation.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.LazyExpansion;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.graph.Op;
import dev.freshet.adaptation.onnx.GraphRun;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each rule at order one and two: against central differences in float64, and ONNX Runtime's
 * float32 against that float64.
 */
class PullbackRulesTest {
  private static final int T = 3;
  private static final int S = 5;
  private static final int F = 4;

  @TestFactory
  Iterable<DynamicTest> everyRuleIsTheDerivativeOfItsOp() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Op op : Op.values()) {
      for (int i = 0; i < new Cases().results(op).size(); i++) {
        int position = i;
        tests.add(DynamicTest.dynamicTest(op + " " + i, () -> check(op, position)));
      }
    }
    return tests;
  }

  @Test
  void nothingFlowsThroughDetach() {
    GraphBuilder g = new GraphBuilder("detach");
    Node x = g.input("x", Dim.of(2));
    Node loss = g.mul(x, g.detach(g.mul(x, x)));
    Graph graph = g.output("by_x", Gradients.of(g, loss, List.of(x)).get(0)).build();
    Float64Array value = new Float64Array(new int[] {2}, new double[] {3, -2});
    assertThat(Float64Run.run(graph, Map.of("x", value)))
        .hasEntrySatisfying("by_x", byX -> assertThat(byX.values()).containsExactly(9, 4));
  }

  @Test
  void whatTheOutputDoesNotDependOnHasTheGradientZero() {
    GraphBuilder g = new GraphBuilder("zero");
    Node x = g.input("x", Dim.of(2));
    Node y = g.input("y", Dim.of(3));
    Graph graph = g.output("by_y", Gradients.of(g, g.mul(x, x), List.of(y)).get(0)).build();
    Map<String, Tensor> inputs = Map.of("x", Tensor.vector(1, 2), "y", Tensor.vector(1, 2, 3));
    assertThat(GraphRun.run(graph, inputs)).isEqualTo(Tensor.vector(0, 0, 0));
  }

  @Test
  void aCotangentOfAnotherShapeIsRefused() {
    GraphBuilder g = new GraphBuilder("shape");
    Node x = g.input("x", Dim.of(2));
    Node y = g.exp(x);
    assertThatThrownBy(() -> Gradients.pullback(g, y, g.constant(1f), List.of(x)))
        .hasMessageContaining("The cotangent of EXP[2] has shape []");
  }

  @Test
  void aRepetitionHasNoGradient() {
    GraphBuilder body = new GraphBuilder("body");
    Node before = body.input("before", Dim.TASKS, Dim.SUPPORT);
    Graph doubling = body.output("after", body.add(before, before)).build();
    GraphBuilder g = new GraphBuilder("repeat");
    Node x = g.input("x", Dim.TASKS, Dim.SUPPORT);
    Node repeated = g.repeat(doubling, 2, 3, Map.of("before", x));
    assertThatThrownBy(() -> Gradients.of(g, repeated, List.of(x)))
        .hasMessageContaining("The pullback of REPEAT")
        .hasMessageContaining("differentiate a graph without it");
  }

  /** A tanh on top: no case is linear then, and order two has something to find. */
  private static void check(Op op, int position) {
    Cases cases = new Cases();
    GraphBuilder g = cases.g;
    Node result = cases.results(op).get(position);
    List<Node> wrt = List.copyOf(cases.nodes.values());
    Node loss = g.tanh(g.mul(result, g.constant(0.7f)));
    List<Node> first = Gradients.of(g, loss, wrt);
    List<Node> squares = first.stream().map(d -> total(g, g.mul(d, d))).toList();
    Node ofFirst = squares.stream().reduce(g.constant(0f), g::add);
    List<Node> second = Gradients.of(g, ofFirst, wrt);

    g.output("first", total(g, loss)).output("second", ofFirst);
    int i = 0;
    for (String name : cases.nodes.keySet()) {
      g.output("first_by_" + name, first.get(i)).output("second_by_" + name, second.get(i));
      i++;
    }
    Graph graph = g.build();
    Map<String, Float64Array> values = cases.values();
    if (op != Op.DETACH) {
      DifferenceCheck.of(graph, values, "first");
      DifferenceCheck.of(graph, values, "second");
    }
    DifferenceCheck.onnxRuntimeAgrees(graph, values, 1e-5);
    DifferenceCheck.onnxRuntimeAgrees(LazyExpansion.of(graph), values, 1e-5);
  }

  private static Node total(GraphBuilder g, Node node) {
    Node sum = node;
    while (sum.shape().rank() > 0) {
      sum = g.squeeze(g.sum(sum, 0), 0);
    }
    return sum;
  }

  /** Inputs of every kind of shape, and what to make of them to see an op at work. */
  private static final class Cases {
    private final GraphBuilder g = new GraphBuilder("rule");
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Node a = input("a", Dim.TASKS, Dim.SUPPORT, Dim.of(F));
    private final Node b = input("b", Dim.TASKS, Dim.SUPPORT, Dim.of(F));
    private final Node square = input("square", Dim.TASKS, Dim.SUPPORT, Dim.SUPPORT);
    private final Node matrix = input("matrix", Dim.of(F), Dim.of(6));
    private final Node row = input("row", Dim.of(F));
    private final Node column = input("column", Dim.TASKS, Dim.SUPPORT, Dim.ONE);
    private final Node one = input("one", Dim.ONE);

    private Node input(String name, Dim... dims) {
      Node node = g.input(name, dims);
      nodes.put(name, node);
      return node;
    }

    Map<String, Float64Array> values() {
      Random random = new Random(11);
      Map<String, Float64Array> values = new LinkedHashMap<>();
      nodes.forEach(
          (name, node) ->
              values.put(
                  name,
                  DifferenceCheck.random(
                      random, node.shape(), Map.of(Dim.TASKS, T, Dim.SUPPORT, S))));
      return values;
    }

    private Node positive(Node x) {
      return g.add(g.mul(x, x), g.constant(0.3f));
    }

    private List<Node> results(Op op) {
      return switch (op) {
        case INPUT -> List.of(a);
        case CONSTANT -> List.of(g.mul(a, g.constant(2f)));
        case ADD -> List.of(g.add(a, b), g.add(a, row), g.add(one, column), g.add(column, row));
        case SUB -> List.of(g.sub(a, b), g.sub(row, a), g.sub(column, one));
        case MUL -> List.of(g.mul(a, b), g.mul(a, row), g.mul(column, a), g.mul(column, row));
        case DIV ->
            List.of(g.div(a, positive(b)), g.div(row, positive(a)), g.div(a, positive(one)));
        case POW -> List.of(g.pow(positive(a), b), g.pow(positive(a), one));
        case MAX -> List.of(g.max(a, b), g.max(a, g.constant(0.1f)), g.max(a, row));
        case NEG -> List.of(g.neg(a));
        case EXP -> List.of(g.exp(a));
        case LOG -> List.of(g.log(positive(a)));
        case SQRT -> List.of(g.sqrt(positive(a)));
        case RELU -> List.of(g.relu(a));
        case STEP -> List.of(g.mul(g.step(a), b));
        case TANH -> List.of(g.tanh(a));
        case MATMUL -> List.of(g.matMul(a, matrix), g.matMul(square, b));
        case FUSED_MATMUL ->
            List.of(
                g.fusedMatMul(a, false, b, true, 0.5f),
                g.fusedMatMul(a, true, b, false, 2f),
                g.fusedMatMul(square, true, square, true, -1f),
                g.fusedMatMul(square, false, square, false, 1f),
                g.fusedMatMul(matrix, true, a, true, 1f));
        case TRANSPOSE -> List.of(g.transpose(a, 2, 0, 1));
        case RESHAPE -> List.of(g.reshape(a, Dim.TASKS, Dim.SUPPORT, Dim.of(2), Dim.of(2)));
        case UNSQUEEZE -> List.of(g.unsqueeze(a, 1), g.unsqueeze(row, 0));
        case SQUEEZE -> List.of(g.squeeze(column, 2));
        case EXPAND -> List.of(g.expandLike(row, a), g.expandLike(column, a), g.expandLike(one, a));
        case CONCAT -> List.of(g.concat(2, a, column, b));
        case SLICE -> List.of(g.slice(a, 2, 1, 3));
        case PAD -> List.of(g.pad(a, 2, 1, 2));
        case CUMULATIVE_SUM ->
            List.of(g.cumulativeSum(a, 2), g.cumulativeSum(a, 1), g.cumulativeSum(square, 0));
        case SUM -> List.of(g.sum(a, 2), g.sum(a, 1), g.sum(a, 0), g.sum(square, 2), g.sum(row, 0));
        case REDUCE_MAX -> List.of(g.reduceMax(a));
        case SOFTMAX -> List.of(g.softmax(a), g.softmax(square));
        case LOG_SOFTMAX -> List.of(g.logSoftmax(a), g.logSoftmax(square));
        case DETACH -> List.of(g.mul(g.detach(g.tanh(one)), a));
        case REPEAT -> List.of();
      };
    }
  }
}

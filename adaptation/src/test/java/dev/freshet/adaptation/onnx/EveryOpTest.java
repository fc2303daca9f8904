package dev.freshet.adaptation.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.graph.Op;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each op, run by ONNX Runtime, against its meaning in plain Java on float64. */
class EveryOpTest {
  private static final int T = 3;
  private static final int S = 5;
  private static final int F = 4;

  private final GraphBuilder g = new GraphBuilder("op");
  private final Node a = g.input("a", Dim.TASKS, Dim.SUPPORT, Dim.of(F));
  private final Node b = g.input("b", Dim.TASKS, Dim.SUPPORT, Dim.of(F));
  private final Node row = g.input("row", Dim.of(F));
  private final Tensor aValue = random(1, T, S, F);
  private final Tensor bValue = random(2, T, S, F);
  private final Tensor rowValue = random(3, F);
  private int outputs;
  private final Map<String, Tensor> inputs = Map.of("a", aValue, "b", bValue, "row", rowValue);

  private static Tensor random(long seed, int... sizes) {
    Random random = new Random(seed);
    Shape shape = Shape.of(sizes);
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return Tensor.of(shape, values);
  }

  @TestFactory
  Iterable<DynamicTest> everyOpMeansWhatItSays() {
    Map<Op, Runnable> checks = new EnumMap<>(Op.class);
    for (Op op : Op.values()) {
      checks.put(op, () -> check(op));
    }
    return checks.entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey().name(), entry.getValue()::run))
        .toList();
  }

  private void check(Op op) {
    switch (op) {
      case INPUT -> unary(node -> node, x -> x);
      case CONSTANT ->
          same(g.add(a, g.constant(rowValue)), i -> aValue.get(i) + rowValue.get(i % F));
      case ADD -> binary(g::add, Double::sum);
      case SUB -> binary(g::sub, (x, y) -> x - y);
      case MUL -> binary(g::mul, (x, y) -> x * y);
      case DIV -> binary(g::div, (x, y) -> x / y);
      case POW -> binary((x, y) -> g.pow(g.exp(x), y), (x, y) -> Math.pow(Math.exp(x), y));
      case MAX -> binary(g::max, Math::max);
      case NEG -> unary(g::neg, x -> -x);
      case EXP -> unary(g::exp, Math::exp);
      case LOG -> unary(node -> g.log(g.mul(node, node)), x -> Math.log(x * x));
      case SQRT -> unary(node -> g.sqrt(g.mul(node, node)), Math::abs);
      case RELU -> unary(g::relu, x -> Math.max(x, 0));
      case STEP -> unary(g::step, x -> x > 0 ? 1 : 0);
      case TANH -> unary(g::tanh, Math::tanh);
      case MATMUL -> same(g.matMul(a, g.transpose(b, 0, 2, 1)), this::outer);
      case FUSED_MATMUL -> {
        same(g.fusedMatMul(a, false, b, true, 3f), i -> 3 * outer(i));
        same(g.fusedMatMul(a, true, b, false, 1f), this::inner);
      }
      case TRANSPOSE ->
          same(g.transpose(a, 2, 0, 1), i -> aValue.get(i % (T * S) * F + i / (T * S)));
      case RESHAPE -> same(g.reshape(a, Dim.TASKS, Dim.SUPPORT, Dim.of(2), Dim.of(2)), aValue::get);
      case UNSQUEEZE -> same(g.unsqueeze(a, 1), aValue::get);
      case SQUEEZE -> same(g.squeeze(g.slice(a, 2, 1, 2), 2), i -> aValue.get(i * F + 1));
      case EXPAND -> same(g.expandLike(row, a), i -> rowValue.get(i % F));
      case CONCAT -> same(g.concat(-1, a, b), this::concatenated);
      case SLICE -> same(g.slice(a, 2, 1, 3), i -> aValue.get(i / 2 * F + 1 + i % 2));
      case PAD -> same(g.pad(g.slice(a, 2, 1, 3), 2, 1, 1), this::middle);
      case SUM -> {
        same(g.sum(a, 2), i -> sumOf(F, f -> i * F + f));
        same(g.sum(a, 1), i -> sumOf(S, s -> (i / F * S + s) * F + i % F));
        same(g.sum(a, 0), i -> sumOf(T, t -> t * S * F + i));
      }
      case CUMULATIVE_SUM -> {
        same(g.cumulativeSum(a, 2), i -> sumOf(i % F + 1, f -> i / F * F + f));
        same(
            g.cumulativeSum(a, 1),
            i -> sumOf(i / F % S + 1, s -> (i / (S * F) * S + s) * F + i % F));
      }
      case REDUCE_MAX -> same(g.reduceMax(a), i -> rowMax(i * F));
      case SOFTMAX -> same(g.softmax(a), i -> Math.exp(aValue.get(i)) / rowSumOfExp(i));
      case LOG_SOFTMAX -> same(g.logSoftmax(a), i -> aValue.get(i) - Math.log(rowSumOfExp(i)));
      case DETACH -> unary(g::detach, x -> x);
      case REPEAT -> {
        Map<String, Node> values = Map.of("sum", a, "added", b, "row", row);
        same(g.repeat(sumAndCount(), 2, 9, values), i -> repeated(i, S / 2));
        same(g.repeat(sumAndCount(), 1, 3, values), i -> repeated(i, 3));
        same(g.repeat(sumAndCount(), S + 1, 3, values), aValue::get);
        same(g.neg(g.repeat(sumAndCount(), 1, 3, values)), i -> -repeated(i, 3));
      }
    }
  }

  /** The first and the second change, the third stays. */
  private static Graph sumAndCount() {
    GraphBuilder body = new GraphBuilder("body");
    Node sum = body.input("sum", Dim.TASKS, Dim.SUPPORT, Dim.of(F));
    Node added = body.input("added", Dim.TASKS, Dim.SUPPORT, Dim.of(F));
    Node row = body.input("row", Dim.of(F));
    // Names that ONNX's loop, and what counts its passes, might have had.
    return body.output("on", body.add(sum, added)).output("rows", body.mul(added, row)).build();
  }

  private double repeated(int i, int passes) {
    double sum = aValue.get(i);
    double added = bValue.get(i);
    for (int pass = 0; pass < passes; pass++) {
      sum += added;
      added *= rowValue.get(i % F);
    }
    return sum;
  }

  @Test
  void sumsTheLastAxis() {
    same(
        g.sumLastAxis(a),
        i -> {
          double sum = 0;
          for (int f = 0; f < F; f++) {
            sum += aValue.get(i * F + f);
          }
          return sum;
        });
  }

  @Test
  void stepIsExactOnBothSidesOfZero() {
    GraphBuilder h = new GraphBuilder("step");
    Graph graph = h.output("y", h.step(h.input("x", Dim.of(6)))).build();
    Tensor x = Tensor.vector(-1e30f, -1e-20f, -0f, 0f, 1e-20f, 1e30f);
    assertThat(GraphRun.run(graph, Map.of("x", x))).isEqualTo(Tensor.vector(0, 0, 0, 0, 1, 1));
  }

  private void unary(UnaryOperator<Node> op, DoubleUnaryOperator meaning) {
    same(op.apply(a), i -> meaning.applyAsDouble(aValue.get(i)));
  }

  private void binary(BinaryOperator<Node> op, DoubleBinaryOperator meaning) {
    same(op.apply(a, b), i -> meaning.applyAsDouble(aValue.get(i), bValue.get(i)));
    same(op.apply(a, row), i -> meaning.applyAsDouble(aValue.get(i), rowValue.get(i % F)));
  }

  private double outer(int i) {
    int task = i / (S * S);
    double sum = 0;
    for (int f = 0; f < F; f++) {
      sum += (double) at(aValue, task, i / S % S, f) * at(bValue, task, i % S, f);
    }
    return sum;
  }

  private double inner(int i) {
    int task = i / (F * F);
    double sum = 0;
    for (int s = 0; s < S; s++) {
      sum += (double) at(aValue, task, s, i / F % F) * at(bValue, task, s, i % F);
    }
    return sum;
  }

  private static float at(Tensor tensor, int task, int s, int f) {
    return tensor.get((task * S + s) * F + f);
  }

  private double middle(int i) {
    return i % F == 1 || i % F == 2 ? aValue.get(i) : 0;
  }

  private double sumOf(int count, IntUnaryOperator position) {
    return IntStream.range(0, count).mapToDouble(i -> aValue.get(position.applyAsInt(i))).sum();
  }

  private double concatenated(int i) {
    int column = i % (2 * F);
    int base = i / (2 * F) * F;
    return column < F ? aValue.get(base + column) : bValue.get(base + column - F);
  }

  private double rowMax(int from) {
    double max = Double.NEGATIVE_INFINITY;
    for (int f = 0; f < F; f++) {
      max = Math.max(max, aValue.get(from + f));
    }
    return max;
  }

  private double rowSumOfExp(int i) {
    double sum = 0;
    for (int f = 0; f < F; f++) {
      sum += Math.exp(aValue.get(i / F * F + f));
    }
    return sum;
  }

  /** Outputs pile up in the builder; the newest is compared. */
  private void same(Node node, IntToDoubleFunction expected) {
    outputs++;
    String name = "out" + outputs;
    Graph graph = g.output(name, node).build();
    Tensor got = GraphRun.run(new OnnxWriter().write(graph), name, inputs);
    for (int i = 0; i < got.shape().elements(); i++) {
      double value = expected.applyAsDouble(i);
      assertThat((double) got.get(i))
          .as("element %d of %s", i, node)
          .isCloseTo(value, within(1e-5 * Math.max(1, Math.abs(value))));
    }
  }
}

package dev.freshet.adaptation.autodiff;

import dev.freshet.adaptation.graph.Attributes;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs a graph in plain Java and float64: finite differences in float32 could not tell a wrong
 * second-order gradient from a rounded one.
 */
public final class Float64Run {
  private final Map<Node, Float64Array> values = new HashMap<>();
  private final Map<Dim, Integer> symbols = new HashMap<>();
  private final Map<String, Float64Array> inputs;

  private Float64Run(Map<String, Float64Array> inputs) {
    this.inputs = inputs;
  }

  /** All outputs by name. */
  public static Map<String, Float64Array> run(Graph graph, Map<String, Float64Array> inputs) {
    Float64Run run = new Float64Run(inputs);
    graph.inputs().forEach((name, node) -> run.bind(name, node.shape()));
    graph.nodes().forEach(node -> run.values.put(node, run.evaluate(node)));
    Map<String, Float64Array> outputs = new LinkedHashMap<>();
    graph
        .outputs()
        .forEach((name, node) -> outputs.put(name, Objects.requireNonNull(run.values.get(node))));
    return outputs;
  }

  private void bind(String name, GraphShape shape) {
    Float64Array value = inputs.get(name);
    if (value == null) {
      throw new IllegalArgumentException("No value for input '" + name + "'.");
    }
    for (int axis = 0; axis < shape.rank(); axis++) {
      symbols.put(shape.dim(axis), value.size(axis));
    }
  }

  private int[] concrete(GraphShape shape) {
    return shape.dims().stream()
        .mapToInt(
            dim ->
                dim instanceof Dim.Fixed fixed
                    ? fixed.size()
                    : Objects.requireNonNull(symbols.get(dim)))
        .toArray();
  }

  private Float64Array evaluate(Node node) {
    List<Float64Array> in = node.inputs().stream().map(values::get).toList();
    Float64Array a = in.isEmpty() ? new Float64Array(new int[] {0}, new double[0]) : in.get(0);
    int[] shape = concrete(node.shape());
    int last = a.rank() - 1;
    return switch (node.op()) {
      case INPUT ->
          Objects.requireNonNull(inputs.get(node.attributes(Attributes.Declared.class).name()));
      case CONSTANT -> Float64Array.of(node.attributes(Attributes.Value.class).tensor());
      case ADD -> a.with(in.get(1), Double::sum);
      case SUB -> a.with(in.get(1), (x, y) -> x - y);
      case MUL -> a.with(in.get(1), (x, y) -> x * y);
      case DIV -> a.with(in.get(1), (x, y) -> x / y);
      case POW -> a.with(in.get(1), Math::pow);
      case MAX -> a.with(in.get(1), Math::max);
      case NEG -> a.map(x -> -x);
      case EXP -> a.map(Math::exp);
      case LOG -> a.map(Math::log);
      case SQRT -> a.map(Math::sqrt);
      case RELU -> a.map(x -> Math.max(x, 0));
      case STEP -> a.map(x -> x > 0 ? 1 : 0);
      case TANH -> a.map(Math::tanh);
      case MATMUL -> a.times(in.get(1));
      case FUSED_MATMUL -> product(a, in.get(1), node.attributes(Attributes.Product.class));
      case TRANSPOSE -> a.transposed(axes(node));
      case RESHAPE, UNSQUEEZE, SQUEEZE -> a.shaped(shape);
      case EXPAND -> a.stretched(shape);
      case CONCAT -> concat(in, node.attributes(Attributes.Axis.class).axis(), shape);
      case SLICE -> {
        Attributes.Range range = node.attributes(Attributes.Range.class);
        yield a.window(range.axis(), range.start(), range.end() - range.start());
      }
      case PAD -> {
        Attributes.Padding padding = node.attributes(Attributes.Padding.class);
        yield a.window(padding.axis(), -padding.before(), shape[padding.axis()]);
      }
      case SUM -> a.reduced(node.attributes(Attributes.Axis.class).axis(), 0, Double::sum);
      case CUMULATIVE_SUM -> a.cumulated(node.attributes(Attributes.Axis.class).axis());
      case REDUCE_MAX -> a.reduced(last, Double.NEGATIVE_INFINITY, Math::max);
      case SOFTMAX -> logSoftmax(a, last).map(Math::exp);
      case LOG_SOFTMAX -> logSoftmax(a, last);
      case DETACH -> a;
      case REPEAT -> repeated(in, node.attributes(Attributes.Repetition.class));
    };
  }

  private static Float64Array repeated(List<Float64Array> given, Attributes.Repetition repetition) {
    List<Float64Array> values = new ArrayList<>(given);
    List<String> names = List.copyOf(repetition.body().inputs().keySet());
    int passes = Math.min(given.get(0).size(1) / repetition.rows(), repetition.most());
    for (int pass = 0; pass < passes; pass++) {
      Map<String, Float64Array> taken = new HashMap<>();
      for (int i = 0; i < names.size(); i++) {
        taken.put(names.get(i), values.get(i));
      }
      List<Float64Array> next = List.copyOf(run(repetition.body(), taken).values());
      for (int i = 0; i < next.size(); i++) {
        values.set(i, next.get(i));
      }
    }
    return values.get(0);
  }

  private static Float64Array product(Float64Array a, Float64Array b, Attributes.Product product) {
    Float64Array left = product.transposeA() ? a.withLastTwoSwapped() : a;
    Float64Array right = product.transposeB() ? b.withLastTwoSwapped() : b;
    return left.times(right).map(x -> product.alpha() * x);
  }

  private static int[] axes(Node node) {
    return node.attributes(Attributes.Permutation.class).axes().stream()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static Float64Array concat(List<Float64Array> parts, int axis, int[] shape) {
    Float64Array sum = new Float64Array(shape, new double[Float64Array.elements(shape)]);
    int start = 0;
    for (Float64Array part : parts) {
      sum = sum.with(part.window(axis, -start, shape[axis]), Double::sum);
      start += part.size(axis);
    }
    return sum;
  }

  private static Float64Array logSoftmax(Float64Array a, int last) {
    Float64Array shifted =
        a.with(a.reduced(last, Double.NEGATIVE_INFINITY, Math::max), (x, max) -> x - max);
    Float64Array sum = shifted.map(Math::exp).reduced(last, 0, Double::sum);
    return shifted.with(sum.map(Math::log), (x, log) -> x - log);
  }
}

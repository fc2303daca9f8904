package dev.freshet.adaptation.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.onnx.GraphRun;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Compares the gradients in a graph with what they should be. */
public final class DifferenceCheck {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-7;

  private DifferenceCheck() {}

  /** Every output {@code value_by_input} against central differences along random directions. */
  static void of(Graph graph, Map<String, Float64Array> inputs, String value) {
    of(graph, inputs, value, name -> value + "_by_" + name);
  }

  /**
   * The gradients of the sum of an output's elements, where there are any.
   *
   * @param gradientName the output with the gradient by an input
   */
  public static void of(
      Graph graph,
      Map<String, Float64Array> inputs,
      String value,
      UnaryOperator<String> gradientName) {
    Random random = new Random(7);
    Map<String, Float64Array> outputs = Float64Run.run(graph, inputs);
    for (var input : inputs.entrySet()) {
      String name = input.getKey();
      Float64Array gradient = outputs.get(gradientName.apply(name));
      if (gradient == null) {
        continue;
      }
      assertThat(gradient.sizes()).isEqualTo(input.getValue().sizes());
      for (int round = 0; round < 2; round++) {
        Float64Array direction = input.getValue().map(x -> random.nextGaussian());
        double expected =
            (moved(graph, inputs, value, name, direction, STEP)
                    - moved(graph, inputs, value, name, direction, -STEP))
                / (2 * STEP);
        double got = gradient.with(direction, (x, y) -> x * y).sum();
        assertThat(got)
            .as("derivative of %s by %s", value, name)
            .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
      }
    }
  }

  private static double moved(
      Graph graph,
      Map<String, Float64Array> inputs,
      String value,
      String name,
      Float64Array direction,
      double step) {
    Map<String, Float64Array> moved = new HashMap<>(inputs);
    moved.computeIfPresent(name, (unused, array) -> array.with(direction, (x, d) -> x + step * d));
    return Objects.requireNonNull(Float64Run.run(graph, moved).get(value)).sum();
  }

  /** Every output in float32, relative to the largest of its elements. */
  public static void onnxRuntimeAgrees(
      Graph graph, Map<String, Float64Array> inputs, double tolerance) {
    Map<String, Tensor> floats = new HashMap<>();
    for (String name : graph.inputs().keySet()) {
      floats.put(name, Objects.requireNonNull(inputs.get(name), name).toTensor());
    }
    Map<String, Tensor> got = GraphRun.runAll(graph, floats);
    Float64Run.run(graph, inputs)
        .forEach(
            (name, expected) ->
                compare(name, Objects.requireNonNull(got.get(name)), expected, tolerance));
  }

  private static void compare(String name, Tensor got, Float64Array expected, double tolerance) {
    assertThat(got.shape()).as("shape of %s", name).isEqualTo(Shape.of(expected.sizes()));
    double[] values = expected.values();
    double scale = Arrays.stream(values).map(Math::abs).max().orElse(0);
    for (int i = 0; i < values.length; i++) {
      assertThat((double) got.get(i))
          .as("element %s of %s", i, name)
          .isCloseTo(values[i], within(tolerance * Math.max(1e-3, scale)));
    }
  }

  /** Numbers that float32 holds exactly, between -1 and 1. */
  static Float64Array random(Random random, GraphShape shape, Map<Dim, Integer> symbols) {
    int[] sizes =
        shape.dims().stream()
            .mapToInt(
                dim -> dim instanceof Dim.Fixed fixed ? fixed.size() : symbols.getOrDefault(dim, 1))
            .toArray();
    double[] values = new double[Float64Array.elements(sizes)];
    Arrays.setAll(values, i -> 2 * random.nextFloat() - 1);
    return new Float64Array(sizes, values);
  }
}

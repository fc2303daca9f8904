package dev.freshet.trainer.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Learners;
import dev.freshet.adaptation.learner.MetaGradient;
import dev.freshet.adaptation.runtime.CompiledGraph;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Second-order meta-gradients in ONNX Runtime's float32 against PyTorch's autograd in float64. Its
 * natives are on the class path for one platform only.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class PyTorchParityTest {
  private static final int TASKS = 4;
  private static final int ROWS = 12;
  private static final int QUERIES = 6;
  private static final int WAYS = 3;
  private static final int FEATURES = 8;
  private static final int STEPS = 3;
  private static final int WITNESSES_MAX = 4;
  private static final double TOLERANCE = 1e-5;

  private static Learner learner(Learners which) {
    return learner(which, 0);
  }

  private static Learner learner(Learners which, double numbers) {
    return which.create(
        FEATURES,
        Map.of(
            "hidden1",
            10.0,
            "hidden2",
            7.0,
            "smooth",
            1.0,
            "steps",
            (double) STEPS,
            "rate",
            numbers > 0 ? 0.1 : 0.3,
            "numbers",
            numbers));
  }

  /** Of labels and of numbers. */
  @ParameterizedTest
  @CsvSource({"MAML, 0", "META_SGD, 0", "MAML, 1", "META_SGD, 1"})
  void metaGradientsAreThoseOfAnIndependentAutograd(Learners which, double numbers) {
    Learner learner = learner(which, numbers);
    Random random = new Random(3);
    Map<String, Tensor> initialization = new TreeMap<>(learner.initialization());
    initialization.replaceAll((name, tensor) -> moved(random, tensor));
    Map<String, Tensor> inputs = tasks(random);
    if (numbers > 0) {
      inputs.put("support_y", numbers(random, ROWS));
      inputs.put("query_y", numbers(random, QUERIES));
    }
    Map<String, double[]> expected = asPyTorchSaysTwice(initialization, inputs);
    inputs.putAll(initialization);
    Map<String, Tensor> got = run(learner, inputs);
    expected.forEach(
        (name, values) -> compare(name, of(got, MetaGradient.gradient(name)).toArray(), values));
  }

  /**
   * DJL reads gradients as differences of what its leaves have gathered. On a busy machine a first
   * reading was seen, once, to miss a part; a witness is heard until it says the same twice.
   */
  private static Map<String, double[]> asPyTorchSaysTwice(
      Map<String, Tensor> initialization, Map<String, Tensor> inputs) {
    Map<String, double[]> before = asPyTorchSays(initialization, inputs);
    for (int i = 0; i < WITNESSES_MAX; i++) {
      Map<String, double[]> again = asPyTorchSays(initialization, inputs);
      if (isSame(before, again)) {
        return again;
      }
      before = again;
    }
    throw new AssertionError("PyTorch did not say the same twice in a row");
  }

  private static Map<String, double[]> asPyTorchSays(
      Map<String, Tensor> initialization, Map<String, Tensor> inputs) {
    try (PyTorchEpisode episode = new PyTorchEpisode(initialization, inputs, STEPS)) {
      return episode.gradients();
    }
  }

  private static boolean isSame(Map<String, double[]> one, Map<String, double[]> other) {
    return one.keySet().equals(other.keySet())
        && one.entrySet().stream()
            .allMatch(
                entry ->
                    Arrays.compare(
                            entry.getValue(), Objects.requireNonNull(other.get(entry.getKey())))
                        == 0);
  }

  /** Otherwise the test above could not tell whether a gradient is second order. */
  @Test
  void theToleranceTellsFirstOrderFromSecond() {
    Random random = new Random(3);
    Map<String, Tensor> inputs = tasks(random);
    inputs.putAll(learner(Learners.MAML).initialization());
    String name = MetaGradient.gradient("layer1_weight");
    float[] second = of(run(learner(Learners.MAML), inputs), name).toArray();
    float[] first = of(run(learner(Learners.FIRST_ORDER_MAML), inputs), name).toArray();
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < second.length; i++) {
      difference = Math.max(difference, Math.abs(second[i] - first[i]));
      largest = Math.max(largest, Math.abs(second[i]));
    }
    assertThat(difference).isGreaterThan(1000 * TOLERANCE * largest);
  }

  private static Map<String, Tensor> run(Learner learner, Map<String, Tensor> inputs) {
    try (CompiledGraph graph = CompiledGraph.of(MetaGradient.graph(learner), Device.CPU)) {
      return graph.run(inputs);
    }
  }

  private static Tensor of(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  private static void compare(String name, float[] got, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertThat(got).hasSameSizeAs(expected);
    for (int i = 0; i < got.length; i++) {
      assertThat((double) got[i])
          .as("element %s of the gradient by %s", i, name)
          .isCloseTo(expected[i], within(TOLERANCE * Math.max(largest, 0.01)));
    }
  }

  /** No parameter stays at a round value, where an error might cancel. */
  private static Tensor moved(Random random, Tensor tensor) {
    float[] values = tensor.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] += 0.05f * (float) random.nextGaussian();
    }
    return Tensor.of(tensor.shape(), values);
  }

  private static Map<String, Tensor> tasks(Random random) {
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put("support_x", vectors(random, ROWS));
    inputs.put("support_y", labels(ROWS));
    inputs.put("support_mask", Tensor.full(Shape.of(TASKS, ROWS), 1f));
    inputs.put("support_name", names());
    inputs.put("way_mask", Tensor.full(Shape.of(TASKS, WAYS), 1f));
    inputs.put("query_x", vectors(random, QUERIES));
    inputs.put("query_y", labels(QUERIES));
    inputs.put("query_weight", Tensor.full(Shape.of(TASKS, QUERIES), 0.25f));
    return inputs;
  }

  private static Tensor vectors(Random random, int rows) {
    float[] values = new float[TASKS * rows * FEATURES];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(Shape.of(TASKS, rows, FEATURES), values);
  }

  /** Uneven: every other row is of the first label. */
  private static Tensor labels(int rows) {
    float[] values = new float[TASKS * rows * WAYS];
    for (int row = 0; row < TASKS * rows; row++) {
      values[row * WAYS + (row % 2 == 0 ? 0 : row / 2 % WAYS)] = 1f;
    }
    return Tensor.of(Shape.of(TASKS, rows, WAYS), values);
  }

  private static Tensor numbers(Random random, int rows) {
    float[] values = new float[TASKS * rows];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(Shape.of(TASKS, rows, 1), values);
  }

  private static Tensor names() {
    float[] values = new float[TASKS * ROWS];
    for (int row = 0; row < values.length; row++) {
      values[row] = row % ROWS < 3 ? 1f : 0f;
    }
    return Tensor.of(Shape.of(TASKS, ROWS), values);
  }
}

package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.autodiff.Float64Array;
import dev.freshet.adaptation.autodiff.Float64Run;
import dev.freshet.adaptation.runtime.CompiledGraph;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whether the weights are the optimum that the documentation speaks of: they solve its equations, w
 * = C Σ u (y − softmax) x and b = φ C Σ u (y − softmax), in the features' space, with names moved
 * by hand.
 */
class PlainLogisticLearnerTest {
  private static final double C = 3;
  private static final double NAME_WEIGHT = 2;
  private static final int MANY_FEATURES = 64;
  private static final int MANY_WAYS = 4;
  private static final int MANY_ROWS = 20;

  private static final Learner LEARNER =
      Learners.PLAIN_LOGISTIC.create(
          PlainTask.FEATURES,
          Map.of(
              "rank", 2.0,
              "steps", 200.0,
              "c", C,
              "nameWeight", NAME_WEIGHT,
              "offsetPrior", 2.0,
              "temperature", 1.5,
              "varianceWeight", 0.7));

  @Test
  void theWeightsAreTheOptimum() {
    PlainTask task =
        new PlainTask(LEARNER)
            .weighingNames(1 + (NAME_WEIGHT - 1) / Math.sqrt(1 + 8.0 / PlainTask.WAYS));
    Map<String, Float64Array> got = Float64Run.run(LEARNER.adaptGraph(), task.inputs());
    double scale =
        Math.exp(task.number("log_temperature"))
            * Math.pow(PlainTask.WAYS, task.number("ways_power"))
            * Math.pow(1 + 8.0 / PlainTask.WAYS, task.number("shots_power"));
    double[][] head = new double[PlainTask.SEEN][PlainTask.FEATURES];
    double[] bias = new double[PlainTask.SEEN];
    for (int k = 0; k < PlainTask.SEEN; k++) {
      for (int f = 0; f < PlainTask.FEATURES; f++) {
        head[k][f] = value(got, LinearScores.HEAD, k * PlainTask.FEATURES + f) / scale;
      }
      double served = value(got, LinearScores.BIAS, k) / scale;
      double favour = task.number("variance_weight") * (k < 2 ? 1 : 2 / 3.0);
      bias[k] = served - favour * task.share(k);
    }

    PlainTask moved = task.withNamesMoved(2);
    double[][] metric = task.domainMetric();
    double biasVariance = Math.min(4 + 12 * 0.5, Math.pow(1 + 8.0 / PlainTask.WAYS, 2));
    for (int k = 0; k < PlainTask.SEEN; k++) {
      double[] pulls = new double[PlainTask.FEATURES];
      double all = 0;
      for (int i = 0; i < PlainTask.ROWS; i++) {
        double pull = pull(moved, head, bias, i, k);
        all += pull;
        for (int f = 0; f < PlainTask.FEATURES; f++) {
          pulls[f] += pull * moved.x(i)[f];
        }
      }
      assertThat(bias[k]).as("bias %s", k).isCloseTo(biasVariance * all, within(1e-5));
      double[] expected = PlainTask.times(metric, pulls);
      for (int f = 0; f < PlainTask.FEATURES; f++) {
        assertThat(head[k][f]).as("weight %s of way %s", f, k).isCloseTo(expected[f], within(1e-5));
      }
    }
  }

  /** C u (y − softmax); u is r on the mean over the labels, and a label's sum that of any other. */
  private static double pull(PlainTask task, double[][] head, double[] bias, int row, int way) {
    double all = 0;
    for (int i = 0; i < PlainTask.ROWS; i++) {
      all += task.weight(i);
    }
    double u = all * task.lossWeight(row);
    double sum = 0;
    double own = 0;
    for (int k = 0; k < head.length; k++) {
      double power = Math.exp(PlainTask.dot(head[k], task.x(row)) + bias[k]);
      sum += power;
      own += k == way ? power : 0;
    }
    return C * u * ((task.label(row) == way ? 1 : 0) - own / sum);
  }

  private static double value(Map<String, Float64Array> outputs, String name, int index) {
    return values(outputs, name)[index];
  }

  /** One feature is 1 in every row, so that its weight is the sum of what the bias sums too. */
  @ParameterizedTest
  @CsvSource({"4, 4", "2, 10", "0, 16"})
  void theBiasIsFreerTheFewerLabelsHaveNames(int names, double biasVariance) {
    Learner learner =
        Learners.PLAIN_LOGISTIC.create(
            MANY_FEATURES, Map.of("rank", 2.0, "varianceWeight", 0.0, "steps", 200.0));
    Random random = new Random(7);
    double[] x = new double[MANY_ROWS * MANY_FEATURES];
    Arrays.setAll(
        x, i -> i % MANY_FEATURES == 0 ? 1 : random.nextGaussian() / Math.sqrt(MANY_FEATURES));
    Map<String, Float64Array> exact = support(learner, x, names);
    Map<String, Float64Array> got = Float64Run.run(learner.adaptGraph(), exact);
    double[] bias = values(got, LinearScores.BIAS);
    double largest = Arrays.stream(bias).map(Math::abs).max().orElseThrow();
    assertThat(largest).isGreaterThan(0.1);
    for (int k = 0; k < MANY_WAYS; k++) {
      assertThat(bias[k])
          .isCloseTo(
              biasVariance * value(got, LinearScores.HEAD, k * MANY_FEATURES),
              within(1e-4 * largest));
    }
    Map<String, Tensor> rounded = new HashMap<>();
    exact.forEach((name, array) -> rounded.put(name, array.toTensor()));
    try (CompiledGraph graph = CompiledGraph.of(learner.adaptGraph(), Device.CPU)) {
      Tensor inFloat32 = Objects.requireNonNull(graph.run(rounded).get(LinearScores.BIAS));
      for (int k = 0; k < MANY_WAYS; k++) {
        assertThat((double) inFloat32.get(k)).isCloseTo(bias[k], within(1e-4 * largest));
      }
    }
  }

  /** In exact numbers they add up to nothing anyway; in float32 they drift together. */
  @Test
  void biasesAddUpToNothing() {
    Learner learner =
        Learners.PLAIN_LOGISTIC.create(MANY_FEATURES, Map.of("rank", 2.0, "varianceWeight", 0.0));
    Random random = new Random(5);
    double[] x = new double[MANY_ROWS * MANY_FEATURES];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextGaussian() / Math.sqrt(MANY_FEATURES);
    }
    Map<String, Tensor> inputs = new HashMap<>();
    support(learner, x).forEach((name, array) -> inputs.put(name, array.toTensor()));
    try (CompiledGraph graph = CompiledGraph.of(learner.adaptGraph(), Device.CPU)) {
      Tensor bias = Objects.requireNonNull(graph.run(inputs).get(LinearScores.BIAS));
      double sum = 0;
      double size = 0;
      for (float value : bias.toArray()) {
        sum += value;
        size += Math.abs(value);
      }
      assertThat(size).isGreaterThan(0.1);
      assertThat(sum).isCloseTo(0, within(1e-6 * size));
    }
  }

  @Test
  void whatIsTrainedAnswersLikeWhatIsServedInLargeTasksToo() {
    Learner learner =
        Learners.PLAIN_LOGISTIC.create(MANY_FEATURES, Map.of("rank", 2.0, "steps", 5.0));
    Random random = new Random(9);
    double[] x = new double[40 * MANY_FEATURES];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextGaussian() / Math.sqrt(MANY_FEATURES);
    }
    Map<String, Float64Array> inputs = support(learner, x);
    double[] served = values(Float64Run.run(learner.adaptGraph(), inputs), LinearScores.HEAD);
    double[] trained = values(Float64Run.run(learner.trainingGraph(), inputs), LinearScores.HEAD);
    assertThat(trained).containsExactly(served, within(1e-9));
  }

  @Test
  void stepsBeyondTheOptimumStayThere() {
    Learner learner =
        Learners.PLAIN_LOGISTIC.create(
            MANY_FEATURES, Map.of("rank", 2.0, "varianceWeight", 0.0, "steps", 200.0));
    double[] alike = new double[192 * MANY_FEATURES];
    for (int i = 0; i < alike.length; i += MANY_FEATURES) {
      alike[i] = 1;
    }
    Map<String, Float64Array> exact = support(learner, alike);
    double[] head = values(Float64Run.run(learner.adaptGraph(), exact), LinearScores.HEAD);
    Map<String, Tensor> rounded = new HashMap<>();
    exact.forEach((name, array) -> rounded.put(name, array.toTensor()));
    try (CompiledGraph graph = CompiledGraph.of(learner.adaptGraph(), Device.CPU)) {
      Tensor got = Objects.requireNonNull(graph.run(rounded).get(LinearScores.HEAD));
      for (int i = 0; i < head.length; i++) {
        assertThat((double) got.get(i)).isCloseTo(head[i], within(3e-3));
      }
    }
  }

  private static double[] values(Map<String, Float64Array> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name), name).values();
  }

  @Test
  void oneRowUnderAllLabelsSpeaksForNone() {
    Learner learner =
        Learners.PLAIN_LOGISTIC.create(
            MANY_FEATURES, Map.of("rank", 2.0, "steps", 200.0, "varianceWeight", 0.0));
    double[] x = new double[MANY_ROWS * MANY_FEATURES];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % MANY_FEATURES == 0 ? 1 : 0;
    }
    for (double score : scores(learner, x)) {
      assertThat(score).isCloseTo(0, within(1e-6));
    }
  }

  /**
   * A name of every way but the last, which has one example; then by turns one example of the first
   * and of the third and two of the second.
   */
  private static int way(int row) {
    if (row < MANY_WAYS) {
      return row;
    }
    return row % 4 == 0 ? 0 : row % 4 == 1 ? 2 : 1;
  }

  private static Map<String, Float64Array> support(Learner learner, double[] x) {
    return support(learner, x, MANY_WAYS - 1);
  }

  private static Map<String, Float64Array> support(Learner learner, double[] x, int names) {
    int rows = x.length / MANY_FEATURES;
    double[] y = new double[rows * MANY_WAYS];
    double[] mask = new double[rows];
    double[] name = new double[rows];
    double[] square = new double[rows];
    for (int i = 0; i < rows; i++) {
      y[i * MANY_WAYS + way(i)] = 1;
      mask[i] = 1;
      name[i] = i < names ? 1 : 0;
      for (int f = 0; f < MANY_FEATURES; f++) {
        square[i] += Math.pow(x[i * MANY_FEATURES + f], 2);
      }
    }
    Map<String, Float64Array> inputs = new HashMap<>();
    learner.initialization().forEach((tensor, value) -> inputs.put(tensor, Float64Array.of(value)));
    inputs.put("support_x", array(x, 1, rows, MANY_FEATURES));
    inputs.put("support_y", array(y, 1, rows, MANY_WAYS));
    inputs.put("support_mask", array(mask, 1, rows));
    inputs.put("support_name", array(name, 1, rows));
    inputs.put("support_square", array(square, 1, rows));
    inputs.put("way_mask", array(new double[] {1, 1, 1, 1}, 1, MANY_WAYS));
    return inputs;
  }

  private static Float64Array array(double[] values, int... sizes) {
    return new Float64Array(sizes, values);
  }

  /** Of every row, less their mean over the ways. */
  private static double[] scores(Learner learner, double[] x) {
    Map<String, Float64Array> got = Float64Run.run(learner.adaptGraph(), support(learner, x));
    double[] scores = new double[MANY_ROWS * MANY_WAYS];
    for (int i = 0; i < MANY_ROWS; i++) {
      double mean = 0;
      for (int k = 0; k < MANY_WAYS; k++) {
        double score = value(got, LinearScores.BIAS, k);
        for (int f = 0; f < MANY_FEATURES; f++) {
          score += x[i * MANY_FEATURES + f] * value(got, LinearScores.HEAD, k * MANY_FEATURES + f);
        }
        scores[i * MANY_WAYS + k] = score;
        mean += score / MANY_WAYS;
      }
      for (int k = 0; k < MANY_WAYS; k++) {
        scores[i * MANY_WAYS + k] -= mean;
      }
    }
    return scores;
  }
}

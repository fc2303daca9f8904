package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.autodiff.Float64Array;
import dev.freshet.adaptation.autodiff.Float64Run;
import dev.freshet.adaptation.runtime.CompiledGraph;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Whether the weights are the optimum that the documentation speaks of: they solve its equations, w
 * = C Σ u (y − softmax) x and b = φ C Σ u (y − softmax), in the features' space, with names moved
 * by hand.
 */
class PlainLogisticLearnerTest {
  private static final double C = 3;
  private static final double NAME_WEIGHT = 2;
  private static final int LEFT_FEATURES = 64;
  private static final int LEFT_WAYS = 4;
  private static final int LEFT_ROWS = 20;

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
      bias[k] = served - task.number("variance_weight") * task.share(k);
    }

    PlainTask moved = task.withNamesMoved(2);
    double[][] metric = task.domainMetric();
    double biasVariance = Math.min(4, Math.pow(1 + 8.0 / PlainTask.WAYS, 2));
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
    return Objects.requireNonNull(outputs.get(name), name).values()[index];
  }

  /** In exact numbers they add up to nothing anyway; in float32 they drift together. */
  @Test
  void biasesAddUpToNothing() {
    Learner learner =
        Learners.PLAIN_LOGISTIC.create(LEFT_FEATURES, Map.of("rank", 2.0, "varianceWeight", 0.0));
    Random random = new Random(5);
    double[] x = new double[LEFT_ROWS * LEFT_FEATURES];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextGaussian() / Math.sqrt(LEFT_FEATURES);
    }
    Map<String, Tensor> inputs = new HashMap<>();
    support(learner, x, -1).forEach((name, array) -> inputs.put(name, rounded(array)));
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

  private static Tensor rounded(Float64Array array) {
    double[] values = array.values();
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensor.of(Shape.of(array.sizes()), floats);
  }

  /** Beside it the long way: fitted anew without each of the rows. */
  @Test
  void saysHowARowWouldBeAnsweredWithoutIt() {
    Learner learner = Learners.PLAIN_LOGISTIC.create(LEFT_FEATURES, Map.of("rank", 2.0));
    Random random = new Random(11);
    double[] x = new double[LEFT_ROWS * LEFT_FEATURES];
    for (int i = 0; i < x.length; i++) {
      boolean ofItsWay = i % LEFT_FEATURES == way(i / LEFT_FEATURES);
      x[i] = (ofItsWay ? 0.5 : 0) + 0.1 * random.nextGaussian();
    }
    double[] saidWithout = scores(learner, x, -1, GraphContract.LEFT_OUT);
    double[] fitted = scores(learner, x, -1, "");
    double errorOfSaid = 0;
    double errorOfFitted = 0;
    for (int row = LEFT_WAYS; row < LEFT_ROWS; row++) {
      double[] anew = scores(learner, x, row, "");
      for (int way = 0; way < LEFT_WAYS; way++) {
        int i = row * LEFT_WAYS + way;
        errorOfSaid += Math.abs(saidWithout[i] - anew[i]);
        errorOfFitted += Math.abs(fitted[i] - anew[i]);
      }
    }
    assertThat(errorOfSaid).isLessThan(0.5 * errorOfFitted);
    // The last way has one row: without it nothing is known of it, so nothing is taken away.
    for (int i = (LEFT_WAYS - 1) * LEFT_WAYS; i < LEFT_WAYS * LEFT_WAYS; i++) {
      assertThat(saidWithout[i]).isCloseTo(fitted[i], within(1e-9));
    }
    assertThat(Float64Run.run(learner.adaptGraph(), support(learner, x, -1)))
        .doesNotContainKey(GraphContract.LEFT_OUT);
  }

  @Test
  void oneRowUnderAllLabelsSpeaksForNone() {
    Learner learner =
        Learners.PLAIN_LOGISTIC.create(
            LEFT_FEATURES, Map.of("rank", 2.0, "steps", 200.0, "varianceWeight", 0.0));
    double[] x = new double[LEFT_ROWS * LEFT_FEATURES];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % LEFT_FEATURES == 0 ? 1 : 0;
    }
    for (double score : scores(learner, x, -1, "")) {
      assertThat(score).isCloseTo(0, within(1e-6));
    }
  }

  /**
   * A name of every way but the last, which has one example; then by turns one example of the first
   * and of the third and two of the second.
   */
  private static int way(int row) {
    if (row < LEFT_WAYS) {
      return row;
    }
    return row % 4 == 0 ? 0 : row % 4 == 1 ? 2 : 1;
  }

  /** A row left away is padding. */
  private static Map<String, Float64Array> support(Learner learner, double[] x, int leftAway) {
    double[] y = new double[LEFT_ROWS * LEFT_WAYS];
    double[] mask = new double[LEFT_ROWS];
    double[] name = new double[LEFT_ROWS];
    double[] square = new double[LEFT_ROWS];
    double[] rows = x.clone();
    for (int i = 0; i < LEFT_ROWS; i++) {
      boolean there = i != leftAway;
      y[i * LEFT_WAYS + way(i)] = there ? 1 : 0;
      mask[i] = there ? 1 : 0;
      name[i] = i < LEFT_WAYS - 1 ? 1 : 0;
      for (int f = 0; f < LEFT_FEATURES; f++) {
        rows[i * LEFT_FEATURES + f] *= there ? 1 : 0;
        square[i] += Math.pow(rows[i * LEFT_FEATURES + f], 2);
      }
    }
    Map<String, Float64Array> inputs = new HashMap<>();
    learner
        .initialization()
        .forEach(
            (tensor, value) -> inputs.put(tensor, array(doubles(value), value.shape().toArray())));
    inputs.put("support_x", array(rows, 1, LEFT_ROWS, LEFT_FEATURES));
    inputs.put("support_y", array(y, 1, LEFT_ROWS, LEFT_WAYS));
    inputs.put("support_mask", array(mask, 1, LEFT_ROWS));
    inputs.put("support_name", array(name, 1, LEFT_ROWS));
    inputs.put("support_square", array(square, 1, LEFT_ROWS));
    inputs.put("way_mask", array(new double[] {1, 1, 1, 1}, 1, LEFT_WAYS));
    return inputs;
  }

  private static double[] doubles(Tensor tensor) {
    float[] values = tensor.toArray();
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static Float64Array array(double[] values, int... sizes) {
    return new Float64Array(sizes, values);
  }

  /** Of every row, less their mean over the ways; by an output, or by the adapted weights. */
  private static double[] scores(Learner learner, double[] x, int leftAway, String output) {
    Map<String, Float64Array> got =
        Float64Run.run(learner.leftOutGraph().orElseThrow(), support(learner, x, leftAway));
    double[] scores = new double[LEFT_ROWS * LEFT_WAYS];
    for (int i = 0; i < LEFT_ROWS; i++) {
      double mean = 0;
      for (int k = 0; k < LEFT_WAYS; k++) {
        double score = output.isEmpty() ? 0 : value(got, output, i * LEFT_WAYS + k);
        for (int f = 0; f < LEFT_FEATURES && output.isEmpty(); f++) {
          score += x[i * LEFT_FEATURES + f] * value(got, LinearScores.HEAD, k * LEFT_FEATURES + f);
        }
        score += output.isEmpty() ? value(got, LinearScores.BIAS, k) : 0;
        scores[i * LEFT_WAYS + k] = score;
        mean += score / LEFT_WAYS;
      }
      for (int k = 0; k < LEFT_WAYS; k++) {
        scores[i * LEFT_WAYS + k] -= mean;
      }
    }
    return scores;
  }
}

package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.autodiff.Float64Array;
import dev.freshet.adaptation.autodiff.Float64Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whether the weights are the optimum that the documentation speaks of: they solve its equation, w
 * = s m − Σ u (softmax − y) x, written down in the features' space, with names moved by hand.
 */
class LogisticLearnerTest {
  private static final Learner LEARNER =
      Learners.LOGISTIC.create(
          PlainTask.FEATURES,
          Map.of(
              "rank",
              2.0,
              "steps",
              200.0,
              "priorVariance",
              3.0,
              "headScale",
              2.0,
              "temperature",
              1.5,
              "offsetPrior",
              2.0));

  @Test
  void theWeightsAreTheOptimum() {
    PlainTask task = new PlainTask(LEARNER);
    Map<String, Float64Array> got = Float64Run.run(LEARNER.adaptGraph(), task.inputs());
    double scale =
        Math.exp(task.number("log_temperature"))
            * Math.pow(PlainTask.WAYS, task.number("ways_power"))
            * Math.pow(shots(), task.number("shots_power"));
    double[][] head = new double[PlainTask.SEEN][PlainTask.FEATURES];
    for (int k = 0; k < PlainTask.SEEN; k++) {
      for (int f = 0; f < PlainTask.FEATURES; f++) {
        head[k][f] =
            Objects.requireNonNull(got.get(LinearScores.HEAD)).values()[k * PlainTask.FEATURES + f]
                / scale;
      }
    }
    double[] gotBias = Objects.requireNonNull(got.get(LinearScores.BIAS)).values();

    PlainTask moved = task.withNamesMoved(task.number("offset_prior"));
    double[][] metric = moved.domainMetric();
    double headScale =
        Math.exp(task.number("log_head_scale"))
            * Math.pow(shots(), task.number("head_shots_power"));
    double variance = moved.variance(metric);
    double[] bias = new double[PlainTask.SEEN];
    for (int k = 0; k < PlainTask.SEEN; k++) {
      double[] mean = moved.mean(k);
      double square = PlainTask.dot(mean, PlainTask.times(metric, mean));
      bias[k] = headScale * (variance * moved.share(k) - square) / 2;
      double served = bias[k] + task.number("variance_weight") * moved.share(k);
      assertThat(gotBias[k]).as("bias %s", k).isCloseTo(scale * served, within(1e-7));
    }
    for (int k = 0; k < PlainTask.SEEN; k++) {
      double[] expected = PlainTask.times(metric, optimum(moved, head, bias, headScale, k));
      for (int f = 0; f < PlainTask.FEATURES; f++) {
        assertThat(head[k][f]).as("weight %s of way %s", f, k).isCloseTo(expected[f], within(1e-5));
      }
    }
  }

  private static double shots() {
    return 1 + 8.0 / PlainTask.WAYS;
  }

  /** s m − Σ u (softmax − y) x. */
  private static double[] optimum(
      PlainTask task, double[][] head, double[] bias, double headScale, int way) {
    double[] weights = task.mean(way).clone();
    for (int f = 0; f < weights.length; f++) {
      weights[f] *= headScale;
    }
    double all = 0;
    for (int i = 0; i < PlainTask.ROWS; i++) {
      all += task.weight(i);
    }
    for (int i = 0; i < PlainTask.ROWS; i++) {
      double loss = Math.exp(task.number("log_prior_variance")) * all * task.lossWeight(i);
      double error = probability(task.x(i), head, bias, way) - (task.label(i) == way ? 1 : 0);
      for (int f = 0; f < weights.length; f++) {
        weights[f] -= loss * error * task.x(i)[f];
      }
    }
    return weights;
  }

  private static double probability(double[] x, double[][] head, double[] bias, int way) {
    double sum = 0;
    for (int k = 0; k < head.length; k++) {
      sum += Math.exp(PlainTask.dot(head[k], x) + bias[k]);
    }
    return Math.exp(PlainTask.dot(head[way], x) + bias[way]) / sum;
  }

  @Test
  void contradictionsEndInDoubt() {
    // The same text under two labels: nothing to learn, and steps too long would swing for ever.
    double[] x = {0.6, -0.8, 0, 0, 0};
    PlainTask task = new PlainTask(LEARNER).withRows(i -> x);
    Map<String, Float64Array> got = Float64Run.run(LEARNER.adaptGraph(), task.inputs());
    double[] head = Objects.requireNonNull(got.get(LinearScores.HEAD)).values();
    for (int k = 1; k < PlainTask.SEEN; k++) {
      for (int f = 0; f < PlainTask.FEATURES; f++) {
        assertThat(head[k * PlainTask.FEATURES + f])
            .as("weight %s of way %s beside that of way 0", f, k)
            .isCloseTo(head[f], within(1e-9));
      }
    }
  }

  private static final int FEATURES = 16;
  private static final int WAYS = 3;

  /** Names of the first two, then examples by turns; the third has one and no name. */
  private static final List<Integer> LABELS = List.of(0, 1, 0, 1, 1, 0, 2, 0, 1, 1);

  private static final Set<Integer> LEFT_OUT = Set.of(2, 3, 6, 7, 8);

  /** Beside it: adapted anew, those rows being padding. */
  @ParameterizedTest
  @CsvSource({"LOGISTIC, 10", "PLAIN_LOGISTIC, 12"})
  void halfIsAnsweredByWhatIsLearnedWithoutIt(Learners which, double steps) {
    // As many steps as without half, and names that nothing moves.
    Map<String, Double> settings = Map.of("rank", 2.0, "steps", steps, "offsetPrior", 1e6);
    Learner learner = which.create(FEATURES, settings);
    Map<String, Float64Array> whole = new HashMap<>(support(learner, Set.of()));
    double[] said = of(Float64Run.run(learner.leftOutGraph().orElseThrow(), whole), "left_out");
    Map<String, Float64Array> rest =
        Float64Run.run(learner.adaptGraph(), support(learner, LEFT_OUT));
    double[] x = of(whole, GraphContract.SUPPORT_X);
    for (int row : LEFT_OUT) {
      for (int k = 0; k < WAYS - 1; k++) {
        double score = of(rest, LinearScores.BIAS)[k];
        for (int f = 0; f < FEATURES; f++) {
          score += x[row * FEATURES + f] * of(rest, LinearScores.HEAD)[k * FEATURES + f];
        }
        assertThat(said[row * WAYS + k])
            .as("row %s, way %s", row, k)
            .isCloseTo(score, within(1e-3));
      }
      assertThat(said[row * WAYS + WAYS - 1]).as("what is left knows no third").isLessThan(-1e20);
    }
  }

  private static double[] of(Map<String, Float64Array> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name), name).values();
  }

  private static Map<String, Float64Array> support(Learner learner, Set<Integer> leftOut) {
    int rows = LABELS.size();
    Random random = new Random(3);
    double[] x = new double[rows * FEATURES];
    double[] y = new double[rows * WAYS];
    double[] mask = new double[rows];
    double[] name = new double[rows];
    double[] square = new double[rows];
    for (int i = 0; i < rows; i++) {
      for (int f = 0; f < FEATURES; f++) {
        x[i * FEATURES + f] = (f == LABELS.get(i) ? 1 : 0) + 0.3 * random.nextGaussian();
        square[i] += Math.pow(x[i * FEATURES + f], 2);
      }
      mask[i] = leftOut.contains(i) ? 0 : 1;
      y[i * WAYS + LABELS.get(i)] = mask[i];
      name[i] = i < WAYS - 1 ? 1 : 0;
    }
    Map<String, Float64Array> inputs = new HashMap<>();
    learner.initialization().forEach((tensor, value) -> inputs.put(tensor, Float64Array.of(value)));
    inputs.put(GraphContract.SUPPORT_X, new Float64Array(new int[] {1, rows, FEATURES}, x));
    inputs.put(GraphContract.SUPPORT_Y, new Float64Array(new int[] {1, rows, WAYS}, y));
    inputs.put(GraphContract.SUPPORT_MASK, new Float64Array(new int[] {1, rows}, mask));
    inputs.put(GraphContract.SUPPORT_NAME, new Float64Array(new int[] {1, rows}, name));
    inputs.put(GraphContract.SUPPORT_SQUARE, new Float64Array(new int[] {1, rows}, square));
    double[] ways = {1, 1, 1};
    inputs.put(GraphContract.WAY_MASK, new Float64Array(new int[] {1, WAYS}, ways));
    return inputs;
  }
}

package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.autodiff.Float64Array;
import dev.freshet.adaptation.autodiff.Float64Run;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

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
}

package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.autodiff.Float64Array;
import dev.freshet.adaptation.autodiff.Float64Run;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Whether the weights are the optimum that the documentation speaks of: they solve its equations, w
 * = C Σ u (y − softmax) x and b = φ C Σ u (y − softmax), in the features' space, with names moved
 * by hand.
 */
class PlainLogisticLearnerTest {
  private static final double C = 3;
  private static final double NAME_WEIGHT = 2;

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
    double biasVariance = Math.min(10, Math.pow(1 + 8.0 / PlainTask.WAYS, 2));
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
}

package dev.freshet.adaptation.learner;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The formulas in the documentation of ANIL and LDA, written down a second time the long way: ANIL
 * with weights and gradients in place of its dual form, LDA with an inverse of the features' size.
 */
class ClosedFormsTest {
  private static final int FEATURES = PlainTask.FEATURES;
  private static final int ROWS = PlainTask.ROWS;
  private static final int WAYS = PlainTask.WAYS;
  private static final int SEEN = PlainTask.SEEN;

  @Test
  void anilIsGradientDescentOnItsHead() {
    Learner learner =
        Learners.ANIL.create(
            FEATURES,
            Map.of(
                "steps", 6.0, "headScale", 2.0, "firstRate", 3.0, "decay", 0.1, "biasRate", 0.5));
    PlainTask task = new PlainTask(learner);
    double[][] head = new double[WAYS][FEATURES];
    double[] bias = new double[WAYS];
    double scale = Math.exp(task.number("log_head_scale"));
    for (int k = 0; k < SEEN; k++) {
      for (int f = 0; f < FEATURES; f++) {
        head[k][f] = scale * task.mean(k)[f];
      }
      bias[k] =
          scale * (task.variance() * task.share(k) - PlainTask.dot(task.mean(k), task.mean(k))) / 2;
    }
    double[][] startHead = copy(head);
    double[] startBias = bias.clone();
    for (int step = 0; step < 6; step++) {
      double rate = Math.exp(task.array("log_rates")[step]);
      descend(task, head, bias, startHead, startBias, rate);
    }
    task.check(head, bias);
  }

  private static void descend(
      PlainTask task,
      double[][] head,
      double[] bias,
      double[][] startHead,
      double[] startBias,
      double rate) {
    double[][] headMove = new double[SEEN][FEATURES];
    double[] biasMove = new double[SEEN];
    for (int i = 0; i < ROWS; i++) {
      double[] p = softmax(head, bias, task.x(i));
      for (int k = 0; k < SEEN; k++) {
        double error = task.lossWeight(i) * (p[k] - (task.label(i) == k ? 1 : 0));
        biasMove[k] += error;
        for (int f = 0; f < FEATURES; f++) {
          headMove[k][f] += error * task.x(i)[f];
        }
      }
    }
    double decay = task.number("decay");
    for (int k = 0; k < SEEN; k++) {
      bias[k] -= rate * task.number("bias_rate") * biasMove[k] + decay * (bias[k] - startBias[k]);
      for (int f = 0; f < FEATURES; f++) {
        head[k][f] -= rate * headMove[k][f] + decay * (head[k][f] - startHead[k][f]);
      }
    }
  }

  private static double[] softmax(double[][] head, double[] bias, double[] x) {
    double[] p = new double[SEEN];
    double sum = 0;
    for (int k = 0; k < SEEN; k++) {
      p[k] = Math.exp(PlainTask.dot(head[k], x) + bias[k]);
      sum += p[k];
    }
    for (int k = 0; k < SEEN; k++) {
      p[k] /= sum;
    }
    return p;
  }

  @Test
  void ldaIsTheInverseOfItsScatter() {
    Learner learner = Learners.LDA.create(FEATURES, Map.of("rank", 2.0, "temperature", 2.0));
    PlainTask task = new PlainTask(learner);
    double[][] metric = metric(task);
    double ridge = Math.exp(task.number("log_ridge"));
    // With M the metric, κ (S + κ I)⁻¹ in its coordinates is κ (Xcᵀ Xc M + κ I)⁻¹ in ours.
    double[][] system = new double[FEATURES][FEATURES];
    for (int i = 0; i < ROWS; i++) {
      double[] centred = PlainTask.minus(task.x(i), task.mean(task.label(i)));
      double[] image = PlainTask.times(metric, centred);
      for (int a = 0; a < FEATURES; a++) {
        for (int b = 0; b < FEATURES; b++) {
          system[a][b] += task.weight(i) * centred[a] * image[b] / ridge;
        }
      }
    }
    for (int a = 0; a < FEATURES; a++) {
      system[a][a] += 1;
    }
    double variance = task.variance(metric) * task.number("variance_weight");
    double[][] head = new double[WAYS][];
    double[] bias = new double[WAYS];
    head[SEEN] = new double[FEATURES];
    for (int k = 0; k < SEEN; k++) {
      head[k] = PlainTask.times(metric, solve(system, task.mean(k)));
      bias[k] = (variance * task.share(k) - PlainTask.dot(head[k], task.mean(k))) / 2;
    }
    task.check(head, bias);
  }

  private static double[][] metric(PlainTask task) {
    double[] directions = task.array("metric_directions");
    double[] gains = task.array("metric_gains");
    double[][] metric = new double[FEATURES][FEATURES];
    for (int a = 0; a < FEATURES; a++) {
      for (int b = 0; b < FEATURES; b++) {
        metric[a][b] = a == b ? 1 : 0;
        for (int r = 0; r < gains.length; r++) {
          metric[a][b] -=
              directions[a * gains.length + r] * gains[r] * directions[b * gains.length + r];
        }
      }
    }
    return metric;
  }

  /** Gauss and Jordan, with pivots. */
  private static double[] solve(double[][] matrix, double[] right) {
    double[][] m = copy(matrix);
    double[] x = right.clone();
    for (int pivot = 0; pivot < x.length; pivot++) {
      int best = pivot;
      for (int row = pivot; row < x.length; row++) {
        best = Math.abs(m[row][pivot]) > Math.abs(m[best][pivot]) ? row : best;
      }
      double[] swapped = m[best];
      m[best] = m[pivot];
      m[pivot] = swapped;
      double value = x[best];
      x[best] = x[pivot];
      x[pivot] = value;
      for (int row = 0; row < x.length; row++) {
        double factor = row == pivot ? 0 : m[row][pivot] / m[pivot][pivot];
        for (int column = 0; column < x.length; column++) {
          m[row][column] -= factor * m[pivot][column];
        }
        x[row] -= factor * x[pivot];
      }
    }
    for (int row = 0; row < x.length; row++) {
      x[row] /= m[row][row];
    }
    return x;
  }

  private static double[][] copy(double[][] matrix) {
    double[][] copy = new double[matrix.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = matrix[i].clone();
    }
    return copy;
  }
}

package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.autodiff.Float64Array;
import dev.freshet.adaptation.autodiff.Float64Run;
import dev.freshet.adaptation.graph.Graph;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;

/** Sums over the support of the episode's first task, one at a time. */
final class PlainTask {
  static final int FEATURES = 5;

  /** The first task of the episode: ten rows, four ways, the last without rows. */
  static final int ROWS = 10;

  static final int WAYS = 4;
  static final int SEEN = 3;

  private final Map<String, Float64Array> inputs;
  private final Graph graph;

  PlainTask(Learner learner) {
    this(new HashMap<>(Float64Episode.of(learner, 4, 3)), learner.adaptGraph());
  }

  private PlainTask(Map<String, Float64Array> inputs, Graph graph) {
    this.inputs = inputs;
    this.graph = graph;
  }

  Map<String, Float64Array> inputs() {
    return inputs;
  }

  /** The same for a learner whose weight of names is set, not learned. */
  PlainTask weighingNames(double weight) {
    Map<String, Float64Array> changed = new HashMap<>(inputs);
    changed.put("name_weight", new Float64Array(new int[] {1}, new double[] {weight}));
    return new PlainTask(changed, graph);
  }

  /** The same with other vectors in the first task's rows. */
  PlainTask withRows(IntFunction<double[]> rows) {
    Map<String, Float64Array> changed = new HashMap<>(inputs);
    double[] x = array("support_x").clone();
    double[] squares = array("support_square").clone();
    for (int i = 0; i < ROWS; i++) {
      System.arraycopy(rows.apply(i), 0, x, i * FEATURES, FEATURES);
      squares[i] = dot(rows.apply(i), rows.apply(i));
    }
    changed.put("support_x", new Float64Array(sizes("support_x"), x));
    changed.put("support_square", new Float64Array(sizes("support_square"), squares));
    return new PlainTask(changed, graph);
  }

  private int[] sizes(String name) {
    return Objects.requireNonNull(inputs.get(name), name).sizes();
  }

  /** I + V diag(γ) Vᵀ of a {@link DomainMetric}. */
  double[][] domainMetric() {
    double[] directions = array(DomainMetric.DIRECTIONS);
    double[] gains = array(DomainMetric.GAINS);
    double[][] metric = new double[FEATURES][FEATURES];
    for (int a = 0; a < FEATURES; a++) {
      for (int b = 0; b < FEATURES; b++) {
        metric[a][b] = a == b ? 1 : 0;
        for (int r = 0; r < gains.length; r++) {
          metric[a][b] +=
              directions[a * gains.length + r] * gains[r] * directions[b * gains.length + r];
        }
      }
    }
    return metric;
  }

  /** The same with names moved by how examples differ from them, as if so many labels did not. */
  PlainTask withNamesMoved(double prior) {
    double[] offset = new double[FEATURES];
    int both = 0;
    for (int label = 0; label < SEEN; label++) {
      double[][] sums = new double[2][FEATURES];
      int[] counts = new int[2];
      for (int i = 0; i < ROWS; i++) {
        int kind = array("support_name")[i] > 0 ? 1 : 0;
        for (int f = 0; f < FEATURES && label(i) == label; f++) {
          sums[kind][f] += x(i)[f];
        }
        counts[kind] += label(i) == label ? 1 : 0;
      }
      for (int f = 0; f < FEATURES && counts[0] > 0 && counts[1] > 0; f++) {
        offset[f] += sums[0][f] / counts[0] - sums[1][f] / counts[1];
      }
      both += counts[0] > 0 && counts[1] > 0 ? 1 : 0;
    }
    for (int f = 0; f < FEATURES; f++) {
      offset[f] /= -(both + prior);
    }
    return withRows(i -> array("support_name")[i] > 0 ? minus(x(i), offset) : x(i));
  }

  double[] array(String name) {
    return Objects.requireNonNull(inputs.get(name), name).values();
  }

  double number(String name) {
    return array(name)[0];
  }

  double[] x(int i) {
    double[] row = new double[FEATURES];
    System.arraycopy(array("support_x"), i * FEATURES, row, 0, FEATURES);
    return row;
  }

  int label(int i) {
    int label = 0;
    while (array("support_y")[i * WAYS + label] == 0) {
      label++;
    }
    return label;
  }

  /** A name counts as an example does where the learner has no weight for it. */
  double weight(int i) {
    boolean isName = array("support_name")[i] > 0;
    return isName && inputs.containsKey("name_weight") ? number("name_weight") : 1;
  }

  private double weightOf(int label) {
    double sum = 0;
    for (int i = 0; i < ROWS; i++) {
      sum += label(i) == label ? weight(i) : 0;
    }
    return sum;
  }

  double lossWeight(int i) {
    return weight(i) / weightOf(label(i)) / SEEN;
  }

  double share(int label) {
    double sum = 0;
    for (int i = 0; i < ROWS; i++) {
      sum += label(i) == label ? weight(i) * weight(i) : 0;
    }
    return sum / (weightOf(label) * weightOf(label));
  }

  double[] mean(int label) {
    double[] mean = new double[FEATURES];
    for (int i = 0; i < ROWS; i++) {
      for (int f = 0; f < FEATURES && label(i) == label; f++) {
        mean[f] += weight(i) / weightOf(label) * x(i)[f];
      }
    }
    return mean;
  }

  double variance() {
    double[][] identity = new double[FEATURES][FEATURES];
    for (int f = 0; f < FEATURES; f++) {
      identity[f][f] = 1;
    }
    return variance(identity);
  }

  double variance(double[][] metric) {
    double scatter = 0;
    for (int i = 0; i < ROWS; i++) {
      double[] centred = minus(x(i), mean(label(i)));
      scatter += weight(i) / weightOf(label(i)) * dot(centred, times(metric, centred));
    }
    double freedom = 0;
    for (int k = 0; k < SEEN; k++) {
      freedom += 1 - share(k);
    }
    return scatter / freedom;
  }

  void check(double[][] head, double[] bias) {
    double scale =
        Math.exp(number("log_temperature"))
            * Math.pow(WAYS, number("ways_power"))
            * Math.pow(1 + 8.0 / WAYS, number("shots_power"));
    Map<String, Float64Array> got = Float64Run.run(graph, inputs);
    double[] gotHead = Objects.requireNonNull(got.get(LinearScores.HEAD)).values();
    double[] gotBias = Objects.requireNonNull(got.get(LinearScores.BIAS)).values();
    for (int k = 0; k < SEEN; k++) {
      assertThat(gotBias[k]).as("bias %s", k).isCloseTo(scale * bias[k], within(1e-7));
      for (int f = 0; f < FEATURES; f++) {
        assertThat(gotHead[k * FEATURES + f])
            .as("weight %s of way %s", f, k)
            .isCloseTo(scale * head[k][f], within(1e-7));
      }
    }
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static double[] minus(double[] a, double[] b) {
    double[] result = a.clone();
    for (int i = 0; i < b.length; i++) {
      result[i] -= b[i];
    }
    return result;
  }

  static double[] times(double[][] matrix, double[] vector) {
    double[] result = new double[matrix.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = dot(matrix[i], vector);
    }
    return result;
  }
}

package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;
import java.util.Random;

/**
 * The metric I − V diag(γ) Vᵀ: vectors are shortened along the directions in which examples of one
 * label scatter most.
 *
 * @param directions V, orthonormal columns, [features, rank]
 * @param gains γ, from 0 (as it is) to below 1 (all but ignored), [rank]
 */
public record Whitening(Tensor directions, Tensor gains) {
  private static final int ITERATIONS = 60;

  public Whitening {
    Shape shape = directions.shape();
    if (shape.rank() != 2 || !gains.shape().equals(Shape.of(shape.size(1)))) {
      throw new IllegalArgumentException(
          "Directions have shape %s and gains %s, expected [features, rank] and [rank]."
              .formatted(shape, gains.shape()));
    }
  }

  /** A metric that changes nothing. */
  public static Whitening none(int features, int rank) {
    return new Whitening(
        Tensor.full(Shape.of(features, rank), 0f), Tensor.full(Shape.of(rank), 0f));
  }

  /**
   * Of base classes: proportional to (Σ + ρ tr(Σ)/d I)⁻¹, where Σ is the scatter within the
   * classes, exact along its first eigenvectors and even across the rest.
   *
   * @param classes rows of each class
   * @param rank of the metric, at most the number of features
   * @param evenness ρ; 3 was found good
   */
  public static Whitening fit(List<List<float[]>> classes, int rank, double evenness) {
    double[][] scatter = scatter(classes);
    int features = scatter.length;
    if (rank > features) {
      throw new IllegalArgumentException(
          "The metric is to have rank %d over %d features, expected at most as many."
              .formatted(rank, features));
    }
    double trace = 0;
    for (int i = 0; i < features; i++) {
      trace += scatter[i][i];
    }
    double[][] columns = leading(scatter, rank);
    double floor = evenness * trace / features;
    double[] along = new double[rank];
    double rest = trace;
    for (int r = 0; r < rank; r++) {
      along[r] = dot(columns[r], times(scatter, columns[r]));
      rest -= along[r];
    }
    double even = Math.max(0, rest) / Math.max(1, features - rank) + floor;
    float[] gains = new float[rank];
    for (int r = 0; r < rank; r++) {
      gains[r] = (float) Math.max(0, 1 - even / Math.max(along[r] + floor, 1e-12));
    }
    return new Whitening(tensor(columns, features), Tensor.vector(gains));
  }

  /**
   * The metric of a mean of two scatters, each in units of what it has across the directions it
   * does not shorten: (1 − s) (I + V diag(γ / (1 − γ)) Vᵀ) + s (the other's), of which the inverse
   * is kept along as many leading directions as this one has. The mean of an inverse-Wishart
   * posterior has this form; s is the weight of what was newly seen.
   *
   * @param other of the same shape
   * @param share s, 0 (this one) to 1 (the other)
   */
  public Whitening blendedWith(Whitening other, double share) {
    if (!other.directions.shape().equals(directions.shape()) || !(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "Cannot blend directions %s with %s by a share of %s, expected equal shapes and 0 to 1."
              .formatted(directions.shape(), other.directions.shape(), share));
    }
    int features = directions.shape().size(0);
    int rank = directions.shape().size(1);
    double[][] beyond = new double[features][features];
    addBeyond(beyond, 1 - share);
    other.addBeyond(beyond, share);
    double[][] columns = leading(beyond, rank);
    float[] kept = new float[rank];
    for (int r = 0; r < rank; r++) {
      double along = Math.max(0, dot(columns[r], times(beyond, columns[r])));
      kept[r] = (float) (along / (1 + along));
    }
    return new Whitening(tensor(columns, features), Tensor.vector(kept));
  }

  /** Adds what the scatter has beyond the identity. */
  private void addBeyond(double[][] sum, double weight) {
    int features = sum.length;
    int rank = gains.shape().size(0);
    float[] v = directions.toArray();
    for (int r = 0; r < rank; r++) {
      double gain = Math.min(gains.get(r), 1 - 1e-6);
      double along = weight * gain / (1 - gain);
      for (int i = 0; i < features; i++) {
        double scaled = along * v[i * rank + r];
        for (int j = 0; j < features; j++) {
          sum[i][j] += scaled * v[j * rank + r];
        }
      }
    }
  }

  private static Tensor tensor(double[][] columns, int features) {
    float[] values = new float[features * columns.length];
    for (int f = 0; f < features; f++) {
      for (int r = 0; r < columns.length; r++) {
        values[f * columns.length + r] = (float) columns[r][f];
      }
    }
    return Tensor.of(Shape.of(features, columns.length), values);
  }

  private static double[][] scatter(List<List<float[]>> classes) {
    int features =
        classes.stream()
            .flatMap(List::stream)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("No class has a row, expected some."))
            .length;
    double[][] scatter = new double[features][features];
    long freedom = 0;
    for (List<float[]> rows : classes) {
      double[] mean = mean(rows, features);
      rows.forEach(row -> add(scatter, row, mean));
      freedom += Math.max(0, rows.size() - 1);
    }
    double scale = 1.0 / Math.max(1, freedom);
    for (double[] row : scatter) {
      for (int i = 0; i < features; i++) {
        row[i] *= scale;
      }
    }
    return scatter;
  }

  private static double[] mean(List<float[]> rows, int features) {
    double[] mean = new double[features];
    for (float[] row : rows) {
      for (int f = 0; f < features; f++) {
        mean[f] += row[f] / (double) rows.size();
      }
    }
    return mean;
  }

  private static void add(double[][] scatter, float[] row, double[] mean) {
    double[] centred = new double[mean.length];
    for (int f = 0; f < mean.length; f++) {
      centred[f] = row[f] - mean[f];
    }
    for (int i = 0; i < mean.length; i++) {
      for (int j = 0; j < mean.length; j++) {
        scatter[i][j] += centred[i] * centred[j];
      }
    }
  }

  /** Orthogonal iteration from random columns; the seed makes it repeatable. */
  private static double[][] leading(double[][] matrix, int rank) {
    Random random = new Random(1);
    double[][] columns = new double[rank][];
    for (int r = 0; r < rank; r++) {
      columns[r] = random.doubles(matrix.length, -1, 1).toArray();
    }
    orthonormalize(columns);
    for (int i = 0; i < ITERATIONS; i++) {
      for (int r = 0; r < rank; r++) {
        columns[r] = times(matrix, columns[r]);
      }
      orthonormalize(columns);
    }
    return columns;
  }

  /** Gram and Schmidt, twice against rounding; a column that vanishes becomes zero. */
  private static void orthonormalize(double[][] columns) {
    for (int r = 0; r < columns.length; r++) {
      double before = Math.sqrt(dot(columns[r], columns[r]));
      for (int round = 0; round < 2; round++) {
        for (int other = 0; other < r; other++) {
          subtract(columns[r], dot(columns[r], columns[other]), columns[other]);
        }
      }
      double after = Math.sqrt(dot(columns[r], columns[r]));
      double scale = after > 1e-10 * before && after > 0 ? 1 / after : 0;
      for (int f = 0; f < columns[r].length; f++) {
        columns[r][f] *= scale;
      }
    }
  }

  private static void subtract(double[] from, double factor, double[] column) {
    for (int f = 0; f < from.length; f++) {
      from[f] -= factor * column[f];
    }
  }

  private static double[] times(double[][] matrix, double[] column) {
    double[] result = new double[column.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = dot(matrix[i], column);
    }
    return result;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}

package dev.freshet.trainer.regression;

import java.util.ArrayList;
import java.util.List;

/**
 * An orthonormal basis of what the rows span, by Gram and Schmidt. The best weights lie in it (any
 * part outside costs and changes no score), and it has as many dimensions as there are rows: a
 * support of thirty rows is fitted in thirty dimensions, not in 384. Where there are more rows than
 * features, the space is all there is.
 */
final class RowSpace {
  /** A row that is the sum of others but for rounding adds no dimension. */
  private static final double REMAINDER_MIN = 1e-7;

  private final List<double[]> basis = new ArrayList<>();
  private final int features;
  private final boolean everything;

  private RowSpace(int features, boolean everything) {
    this.features = features;
    this.everything = everything;
  }

  static RowSpace of(LabelledRows rows) {
    RowSpace space = new RowSpace(rows.features(), rows.size() >= rows.features());
    for (int row = 0; !space.everything && row < rows.size(); row++) {
      space.extend(rows.vector(row));
    }
    return space;
  }

  int dimensions() {
    return everything ? features : basis.size();
  }

  double[] coordinates(float[] vector) {
    if (everything) {
      return widened(vector);
    }
    double[] coordinates = new double[basis.size()];
    for (int i = 0; i < coordinates.length; i++) {
      coordinates[i] = dot(basis.get(i), vector);
    }
    return coordinates;
  }

  /** Weights [features × ways] of weights [dimensions × ways]. */
  double[] unfold(double[] weights, int ways) {
    if (everything) {
      return weights;
    }
    double[] unfolded = new double[features * ways];
    for (int i = 0; i < basis.size(); i++) {
      double[] axis = basis.get(i);
      for (int feature = 0; feature < features; feature++) {
        for (int way = 0; way < ways; way++) {
          unfolded[feature * ways + way] += axis[feature] * weights[i * ways + way];
        }
      }
    }
    return unfolded;
  }

  private void extend(float[] row) {
    double[] rest = widened(row);
    double length = Math.sqrt(dot(rest, rest));
    subtractKnown(rest);
    subtractKnown(rest); // Twice: once leaves rounding errors where rows are nearly parallel.
    double remainder = Math.sqrt(dot(rest, rest));
    if (remainder > REMAINDER_MIN * length) {
      for (int i = 0; i < features; i++) {
        rest[i] /= remainder;
      }
      basis.add(rest);
    }
  }

  private void subtractKnown(double[] rest) {
    for (double[] axis : basis) {
      double along = dot(axis, rest);
      for (int i = 0; i < features; i++) {
        rest[i] -= along * axis[i];
      }
    }
  }

  private static double[] widened(float[] vector) {
    double[] widened = new double[vector.length];
    for (int i = 0; i < vector.length; i++) {
      widened[i] = vector[i];
    }
    return widened;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double dot(double[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}

package dev.freshet.trainer.catalogue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Item factors whose products are close to the items' likeness as neighbours: the leading
 * eigenvectors of the shrunken cosine between items, its diagonal left out, by subspace iteration
 * (Golub, Van Loan: Matrix Computations, 2013, section 8.2.4). What ranks by them ranks about as
 * item neighbours do; a good place to begin learning from.
 *
 * <pre>
 * S_ij = |U_i ∩ U_j| / √((|U_i| + c) (|U_j| + c)),  S_ii = 0          S ≈ F Fᵀ
 * </pre>
 */
public final class NeighbourFactors {
  private static final double SHRINKAGE = 10;
  private static final int ITERATIONS = 30;

  private final IndexedRatings ratings;
  private final int[] users;
  private final double[] scale;
  private final double[] diagonal;

  /** Makes S positive semi-definite: with its own diagonal it is. */
  private final double shift;

  private NeighbourFactors(IndexedRatings ratings, IntPredicate users) {
    this.ratings = ratings;
    this.users = IntStream.range(0, ratings.users()).filter(users).toArray();
    int[] counts = new int[ratings.items().size()];
    for (int user : this.users) {
      for (int row : ratings.rowsOf(user)) {
        counts[ratings.item(row)]++;
      }
    }
    scale = new double[counts.length];
    diagonal = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      scale[i] = 1 / Math.sqrt(counts[i] + SHRINKAGE);
      diagonal[i] = counts[i] * scale[i] * scale[i];
    }
    shift = Arrays.stream(diagonal).max().orElse(0);
  }

  /**
   * F, a row for each item; columns beyond the number of items are 0.
   *
   * @param users whose ratings count, by number
   */
  public static double[][] of(IndexedRatings ratings, IntPredicate users, int factors, long seed) {
    return new NeighbourFactors(ratings, users).leading(factors, new Random(seed));
  }

  private double[][] leading(int factors, Random random) {
    int used = Math.min(factors, scale.length);
    double[][] basis = new double[used][scale.length];
    for (double[] vector : basis) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = random.nextGaussian();
      }
    }
    orthonormalise(basis);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      for (int k = 0; k < used; k++) {
        basis[k] = times(basis[k]);
      }
      orthonormalise(basis);
    }
    double[][] result = new double[scale.length][factors];
    for (int k = 0; k < used; k++) {
      double value = dot(basis[k], times(basis[k])) - shift;
      double root = Math.sqrt(Math.max(0, value));
      for (int i = 0; i < scale.length; i++) {
        result[i][k] = root * basis[k][i];
      }
    }
    return result;
  }

  /** (S + shift) x. */
  private double[] times(double[] x) {
    double[] result = new double[x.length];
    for (int user : users) {
      int[] rows = ratings.rowsOf(user);
      double sum = 0;
      for (int row : rows) {
        sum += scale[ratings.item(row)] * x[ratings.item(row)];
      }
      for (int row : rows) {
        result[ratings.item(row)] += scale[ratings.item(row)] * sum;
      }
    }
    for (int i = 0; i < x.length; i++) {
      result[i] += (shift - diagonal[i]) * x[i];
    }
    return result;
  }

  private static void orthonormalise(double[][] basis) {
    for (int k = 0; k < basis.length; k++) {
      for (int l = 0; l < k; l++) {
        double part = dot(basis[k], basis[l]);
        for (int i = 0; i < basis[k].length; i++) {
          basis[k][i] -= part * basis[l][i];
        }
      }
      double length = Math.sqrt(dot(basis[k], basis[k]));
      for (int i = 0; i < basis[k].length; i++) {
        basis[k][i] /= Math.max(length, 1e-300);
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}

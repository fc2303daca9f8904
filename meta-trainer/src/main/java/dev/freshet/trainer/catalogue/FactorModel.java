package dev.freshet.trainer.catalogue;

import java.util.Arrays;
import java.util.Random;

/**
 * Item factors with the users integrated out: expectation maximisation for probabilistic matrix
 * factorisation (Salakhutdinov, Mnih, NeurIPS 2007, with a user's part marginal instead of fitted,
 * as in probabilistic PCA with missing values: Tipping, Bishop, JRSS B 1999, appendix B). A point
 * estimate of each user would fit the few ratings of most users exactly, and the items with them.
 *
 * <pre>
 * r = b_u + z_u · v_i + N(0, σ²)     b_u ~ N(0, 1/p)     z_u ~ N(0, I)     v_i ~ N(content_i, τ² I)
 * E: posterior of (b_u, z_u)
 * M: v_i = (Σ_u E[z zᵀ] / σ² + I / τ²)⁻¹ (Σ_u (r E[z] − E[b z]) / σ² + content_i / τ²)
 *    σ², p, τ² and the content's coefficients from the same expectations: empirical Bayes
 * </pre>
 */
final class FactorModel {
  private static final int SWEEPS = 15;
  private static final double START_SCALE = 0.1;
  private static final double VARIANCE_MIN = 1e-4;

  private final IndexedRatings ratings;
  private final double[] residuals;
  private final ContentPrior content;
  private final int factors;
  private final double[][] items;
  private double[][] coefficients;
  private double noise;
  private double offsetPrecision = 1;
  private double itemVariance = 1;
  private double expectedNoise;
  private double expectedOffset;
  private double[][][] information = new double[0][][];
  private double[][] pull = new double[0][];
  private final float[][] withoutUser;

  private FactorModel(
      IndexedRatings ratings, double[] residuals, ContentPrior content, int factors, long seed) {
    this.ratings = ratings;
    this.residuals = residuals;
    this.content = content;
    this.factors = factors;
    this.items = new double[ratings.items().size()][factors];
    this.coefficients = new double[content.attributes().size()][factors];
    this.withoutUser = new float[ratings.rows()][];
    Random random = new Random(seed);
    for (double[] item : items) {
      for (int k = 0; k < factors; k++) {
        item[k] = START_SCALE * random.nextGaussian();
      }
    }
    double squares = 0;
    for (double residual : residuals) {
      squares += residual * residual;
    }
    this.noise = Math.max(VARIANCE_MIN, squares / residuals.length);
  }

  /**
   * Learns.
   *
   * @param residuals of each row, in units of the ratings' spread
   */
  static FactorModel learn(
      IndexedRatings ratings, double[] residuals, ContentPrior content, int factors, long seed) {
    FactorModel model = new FactorModel(ratings, residuals, content, factors, seed);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      model.expect();
      model.learnVariances();
      model.maximise();
    }
    model.expect();
    model.leaveOut();
    return model;
  }

  /** Of each item. */
  double[][] items() {
    return items;
  }

  /** Of each row's item, as if the row's user had never been. */
  float[][] withoutUser() {
    return withoutUser;
  }

  /** What each attribute adds to an item's prior. */
  double[][] attributes() {
    return coefficients;
  }

  /** σ². */
  double noise() {
    return noise;
  }

  /** p. */
  double offsetPrecision() {
    return offsetPrecision;
  }

  private UserPosterior posterior(int[] rows) {
    return UserPosterior.of(ratings, residuals, items, rows, noise, offsetPrecision);
  }

  private void expect() {
    information = new double[items.length][factors][factors];
    pull = new double[items.length][factors];
    double squares = 0;
    double offsets = 0;
    for (int user = 0; user < ratings.users(); user++) {
      int[] rows = ratings.rowsOf(user);
      UserPosterior posterior = posterior(rows);
      for (int row : rows) {
        posterior.addTo(information[ratings.item(row)], pull[ratings.item(row)], residuals[row], 1);
        squares += posterior.expectedSquare(residuals[row], items[ratings.item(row)]);
      }
      offsets += posterior.offsetSquare();
    }
    expectedNoise = squares / residuals.length;
    expectedOffset = offsets / ratings.users();
  }

  /** Apart from the expectations: the last ones are taken apart by the very same posteriors. */
  private void learnVariances() {
    noise = Math.max(VARIANCE_MIN, expectedNoise);
    offsetPrecision = 1 / Math.max(VARIANCE_MIN, expectedOffset);
  }

  private void maximise() {
    double squares = 0;
    for (int i = 0; i < items.length; i++) {
      double[] prior = content.of(i, coefficients, factors);
      Cholesky precision = Cholesky.of(precision(information[i]));
      items[i] = precision.solve(right(pull[i], prior));
      double[][] covariance = precision.inverse();
      for (int k = 0; k < factors; k++) {
        double rest = items[i][k] - prior[k];
        squares += rest * rest + covariance[k][k];
      }
    }
    itemVariance = Math.max(VARIANCE_MIN, squares / ((double) items.length * factors));
    double[] even = new double[items.length];
    Arrays.fill(even, 1);
    coefficients = content.fit(items, even);
  }

  private double[][] precision(double[][] ofItem) {
    double[][] matrix = new double[factors][factors];
    for (int k = 0; k < factors; k++) {
      for (int l = 0; l < factors; l++) {
        matrix[k][l] = ofItem[k][l] / noise;
      }
      matrix[k][k] += 1 / itemVariance;
    }
    return matrix;
  }

  private double[] right(double[] ofItem, double[] prior) {
    double[] right = new double[factors];
    for (int k = 0; k < factors; k++) {
      right[k] = ofItem[k] / noise + prior[k] / itemVariance;
    }
    return right;
  }

  /** Takes each user's part out of the sums of each of their items, for that row alone. */
  private void leaveOut() {
    for (int user = 0; user < ratings.users(); user++) {
      int[] rows = ratings.rowsOf(user);
      UserPosterior posterior = posterior(rows);
      for (int row : rows) {
        int item = ratings.item(row);
        posterior.addTo(information[item], pull[item], residuals[row], -1);
        double[] prior = content.of(item, coefficients, factors);
        double[] factorsOfRow =
            Cholesky.of(precision(information[item])).solve(right(pull[item], prior));
        posterior.addTo(information[item], pull[item], residuals[row], 1);
        withoutUser[row] = floats(factorsOfRow);
      }
    }
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}

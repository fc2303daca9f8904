package dev.freshet.adaptation.exploration;

/**
 * What a user's events say of the user's taste u, with what remains open: the posterior of Bayesian
 * linear regression (Bishop: Pattern Recognition and Machine Learning, 2006, 3.49 to 3.51), of
 * which the ridge learner's graph answers with the mean.
 *
 * <pre>
 * A = Σ w_i t_i t_iᵀ + diag(p)      A m = Σ w_i r_i t_i + p m0      u ~ N(m, A⁻¹)
 * </pre>
 *
 * With A = L Lᵀ a draw is m + L⁻ᵀ z, z standard normals: L⁻ᵀ L⁻¹ = A⁻¹.
 */
public final class TastePosterior {
  private final double[] mean;
  private final double[][] cholesky;

  private TastePosterior(double[] mean, double[][] cholesky) {
    this.mean = mean;
    this.cholesky = cholesky;
  }

  /**
   * The posterior after some events.
   *
   * @param priorMean m0, one an unknown
   * @param precision p, above 0, one an unknown
   * @param tastes t, [events][unknowns]
   * @param residuals r, what each rating is above its item's base
   * @param weights w, 0 or more: what each event is worth, one over the variance of its noise
   */
  public static TastePosterior of(
      double[] priorMean,
      double[] precision,
      double[][] tastes,
      double[] residuals,
      double[] weights) {
    int unknowns = priorMean.length;
    if (unknowns == 0 || precision.length != unknowns) {
      throw new IllegalArgumentException(
          "The prior has %d means and %d precisions, expected as many of both, one at least."
              .formatted(unknowns, precision.length));
    }
    if (tastes.length != residuals.length || tastes.length != weights.length) {
      throw new IllegalArgumentException(
          "There are %d rows, %d residuals and %d weights, expected one of each an event."
              .formatted(tastes.length, residuals.length, weights.length));
    }
    double[][] matrix = new double[unknowns][unknowns];
    double[] right = new double[unknowns];
    for (int j = 0; j < unknowns; j++) {
      if (!(precision[j] > 0) || !Double.isFinite(precision[j])) {
        throw new IllegalArgumentException(
            "Precision %d of the prior is %s, expected a finite number above 0."
                .formatted(j, precision[j]));
      }
      matrix[j][j] = precision[j];
      right[j] = precision[j] * priorMean[j];
    }
    for (int i = 0; i < tastes.length; i++) {
      add(matrix, right, row(tastes[i], unknowns, i), residuals[i], weights[i]);
    }
    double[][] lower = cholesky(matrix);
    return new TastePosterior(backward(lower, forward(lower, right)), lower);
  }

  /** How many numbers a taste has. */
  public int unknowns() {
    return mean.length;
  }

  /** The mean of u. */
  public double[] mean() {
    return mean.clone();
  }

  /**
   * What that makes of candidates.
   *
   * @param bases the score an unknown user would give, one a candidate
   * @param tastes t, [candidates][unknowns]
   */
  public Beliefs beliefs(double[] bases, double[][] tastes) {
    if (bases.length == 0 || bases.length != tastes.length) {
      throw new IllegalArgumentException(
          "There are %d bases and %d rows of candidates, expected as many of both, one at least."
              .formatted(bases.length, tastes.length));
    }
    double[][] rows = new double[tastes.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(tastes[i], unknowns(), i).clone();
      if (!Double.isFinite(bases[i])) {
        throw new IllegalArgumentException(
            "Candidate %d has base %s, expected a finite number.".formatted(i, bases[i]));
      }
    }
    return new TasteBeliefs(this, bases.clone(), rows);
  }

  /** u for some standard normals. */
  double[] draw(double[] normals) {
    double[] taste = backward(cholesky, normals);
    for (int j = 0; j < taste.length; j++) {
      taste[j] += mean[j];
    }
    return taste;
  }

  private static double[] row(double[] row, int unknowns, int number) {
    if (row.length != unknowns) {
      throw new IllegalArgumentException(
          "Row %d has %d numbers, expected %d, as many as the prior."
              .formatted(number, row.length, unknowns));
    }
    for (double value : row) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "Row %d has %s in it, expected finite numbers.".formatted(number, value));
      }
    }
    return row;
  }

  private static void add(
      double[][] matrix, double[] right, double[] taste, double residual, double weight) {
    if (!(weight >= 0) || !Double.isFinite(weight) || !Double.isFinite(residual)) {
      throw new IllegalArgumentException(
          "An event has weight %s and residual %s, expected finite numbers and a weight of 0 or more."
              .formatted(weight, residual));
    }
    for (int j = 0; j < right.length; j++) {
      right[j] += weight * residual * taste[j];
      for (int k = 0; k < right.length; k++) {
        matrix[j][k] += weight * taste[j] * taste[k];
      }
    }
  }

  private static double[][] cholesky(double[][] matrix) {
    double[][] lower = new double[matrix.length][matrix.length];
    for (int j = 0; j < matrix.length; j++) {
      for (int k = 0; k <= j; k++) {
        double rest = matrix[j][k];
        for (int l = 0; l < k; l++) {
          rest -= lower[j][l] * lower[k][l];
        }
        lower[j][k] = j == k ? Math.sqrt(rest) : rest / lower[k][k];
      }
    }
    return lower;
  }

  /** L⁻¹ b. */
  private static double[] forward(double[][] lower, double[] right) {
    double[] solution = new double[lower.length];
    for (int j = 0; j < solution.length; j++) {
      double rest = right[j];
      for (int k = 0; k < j; k++) {
        rest -= lower[j][k] * solution[k];
      }
      solution[j] = rest / lower[j][j];
    }
    return solution;
  }

  /** L⁻ᵀ b. */
  private static double[] backward(double[][] lower, double[] right) {
    double[] solution = new double[lower.length];
    for (int j = solution.length - 1; j >= 0; j--) {
      double rest = right[j];
      for (int k = j + 1; k < solution.length; k++) {
        rest -= lower[k][j] * solution[k];
      }
      solution[j] = rest / lower[j][j];
    }
    return solution;
  }
}

package dev.freshet.trainer.catalogue;

/** What a user's ratings say of offset and tastes: the posterior of {@link FactorModel}. */
final class UserPosterior {
  /** E[(b, z)]. */
  private final double[] mean;

  /** Its covariance. */
  private final double[][] covariance;

  private UserPosterior(double[] mean, double[][] covariance) {
    this.mean = mean;
    this.covariance = covariance;
  }

  static UserPosterior of(
      IndexedRatings ratings,
      double[] residuals,
      double[][] items,
      int[] rows,
      double noise,
      double offsetPrecision) {
    int unknowns = items[0].length + 1;
    double[][] precision = new double[unknowns][unknowns];
    double[] right = new double[unknowns];
    precision[0][0] = offsetPrecision;
    for (int k = 1; k < unknowns; k++) {
      precision[k][k] = 1;
    }
    for (int row : rows) {
      double[] item = items[ratings.item(row)];
      for (int k = 0; k < unknowns; k++) {
        double a = at(item, k) / noise;
        right[k] += a * residuals[row];
        for (int l = 0; l <= k; l++) {
          precision[k][l] += a * at(item, l);
        }
      }
    }
    Cholesky cholesky = Cholesky.of(precision);
    return new UserPosterior(cholesky.solve(right), cholesky.inverse());
  }

  private static double at(double[] item, int k) {
    return k == 0 ? 1 : item[k - 1];
  }

  private double second(int k, int l) {
    return covariance[k][l] + mean[k] * mean[l];
  }

  /** Adds the user's part to the sums of an item, or takes it out again. */
  void addTo(double[][] information, double[] pull, double residual, int sign) {
    for (int k = 1; k < mean.length; k++) {
      for (int l = 1; l < mean.length; l++) {
        information[k - 1][l - 1] += sign * second(k, l);
      }
      pull[k - 1] += sign * (residual * mean[k] - second(0, k));
    }
  }

  /** E[(r − b − z · v)²]. */
  double expectedSquare(double residual, double[] item) {
    double rest = residual;
    double variance = 0;
    for (int k = 0; k < mean.length; k++) {
      rest -= at(item, k) * mean[k];
      for (int l = 0; l < mean.length; l++) {
        variance += at(item, k) * covariance[k][l] * at(item, l);
      }
    }
    return rest * rest + variance;
  }

  double offsetSquare() {
    return second(0, 0);
  }
}

package dev.freshet.adaptation.exploration;

/** Scores that move together: mean + S z, where S Sᵀ is the covariance of all of them. */
public final class JointBeliefs implements Beliefs {
  private final double[] means;
  private final double[][] spreads;

  private JointBeliefs(double[] means, double[][] spreads) {
    this.means = means;
    this.spreads = spreads;
  }

  /**
   * Beliefs from a mean and a row of S each.
   *
   * @param means finite, one a candidate, one candidate at least
   * @param spreads rows of S, finite, as long as there are unknowns, one a candidate
   */
  public static JointBeliefs of(double[] means, double[][] spreads) {
    if (means.length == 0 || means.length != spreads.length) {
      throw new IllegalArgumentException(
          "Beliefs have %d means and %d spreads, expected as many of both, one at least."
              .formatted(means.length, spreads.length));
    }
    double[][] rows = new double[spreads.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = spreads[i].clone();
      if (!isFinite(means[i], rows[i]) || rows[i].length != rows[0].length) {
        throw new IllegalArgumentException(
            "Candidate %d has mean %s and a spread of %d numbers, expected finite numbers, %d in the spread."
                .formatted(i, means[i], rows[i].length, rows[0].length));
      }
    }
    return new JointBeliefs(means.clone(), rows);
  }

  private static boolean isFinite(double mean, double[] spread) {
    boolean finite = Double.isFinite(mean);
    for (double value : spread) {
      finite &= Double.isFinite(value);
    }
    return finite;
  }

  @Override
  public int candidates() {
    return means.length;
  }

  @Override
  public double mean(int candidate) {
    return means[candidate];
  }

  @Override
  public int dimensions() {
    return spreads[0].length;
  }

  @Override
  public void draw(double[] normals, double[] scores) {
    for (int i = 0; i < means.length; i++) {
      double score = means[i];
      for (int j = 0; j < spreads[i].length; j++) {
        score += spreads[i][j] * normals[j];
      }
      scores[i] = score;
    }
  }
}

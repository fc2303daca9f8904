package dev.freshet.adaptation.exploration;

/** Scores that move together, because one taste is behind all of them: base + t · u. */
final class TasteBeliefs implements Beliefs {
  private final TastePosterior posterior;
  private final double[] bases;
  private final double[][] tastes;
  private final double[] mean;

  TasteBeliefs(TastePosterior posterior, double[] bases, double[][] tastes) {
    this.posterior = posterior;
    this.bases = bases;
    this.tastes = tastes;
    this.mean = posterior.mean();
  }

  @Override
  public int candidates() {
    return bases.length;
  }

  @Override
  public double mean(int candidate) {
    return score(candidate, mean);
  }

  @Override
  public int dimensions() {
    return posterior.unknowns();
  }

  @Override
  public void draw(double[] normals, double[] scores) {
    double[] taste = posterior.draw(normals);
    for (int i = 0; i < bases.length; i++) {
      scores[i] = score(i, taste);
    }
  }

  private double score(int candidate, double[] taste) {
    double score = bases[candidate];
    for (int j = 0; j < taste.length; j++) {
      score += tastes[candidate][j] * taste[j];
    }
    return score;
  }
}

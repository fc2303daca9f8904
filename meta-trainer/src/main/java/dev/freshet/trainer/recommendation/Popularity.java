package dev.freshet.trainer.recommendation;

/** The same order for everybody: by all ratings so far, or by those of the last seven days. */
record Popularity(boolean recent) implements Ranker {
  /** Ratings ever decide between items that have as many recent ones. */
  private static final double TIE = 1e-6;

  @Override
  public String name() {
    return recent ? "recent-popularity" : "popularity";
  }

  @Override
  public double[] scores(RankingTrial trial) {
    double[] all = trial.popularity().clone();
    if (recent) {
      for (int i = 0; i < all.length; i++) {
        all[i] = trial.recentPopularity()[i] + TIE * all[i];
      }
    }
    return all;
  }
}

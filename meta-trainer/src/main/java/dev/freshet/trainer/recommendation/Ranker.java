package dev.freshet.trainer.recommendation;

/** Puts the catalogue in order for a user. */
interface Ranker {
  /** As in the results. */
  String name();

  /** A score for each item of the catalogue; the higher the better. */
  double[] scores(RankingTrial trial);
}

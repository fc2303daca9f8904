package dev.freshet.trainer.readers;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a release of readers is made.
 *
 * @param learner of the head {@code rating}, a name of {@link
 *     dev.freshet.adaptation.learner.scoring.ScoringLearners}
 * @param beside more of them, each with a head of its own name
 * @param ratingFactors of an item
 * @param rankingFactors of an item
 * @param shrinkage ratings that an item's prior is worth
 * @param halfLifeSeconds of the decayed counts
 * @param scoringSteps of the outer loop of each scoring learner
 * @param rankingSteps of the outer loop of the ranking learner
 * @param seed of everything random
 */
public record ReaderSettings(
    String learner,
    List<String> beside,
    int ratingFactors,
    int rankingFactors,
    double shrinkage,
    double halfLifeSeconds,
    int scoringSteps,
    int rankingSteps,
    long seed) {
  private static final double DAY_SECONDS = 86_400;

  /** Chosen on users from before the cut of MovieTweetings, and on the simulation. */
  public static final ReaderSettings DEFAULT =
      new ReaderSettings(
          "set-encoder", List.of("offset-shrinkage"), 8, 32, 4, 7 * DAY_SECONDS, 1_500, 1_000, 1);

  public ReaderSettings {
    beside = List.copyOf(beside);
    if (scoringSteps < 1 || rankingSteps < 1) {
      throw new IllegalArgumentException(
          "Training of %d and %d steps, expected 1 or more.".formatted(scoringSteps, rankingSteps));
    }
  }

  /** Another learner, with others beside it. */
  public ReaderSettings withLearners(String other, List<String> others) {
    return new ReaderSettings(
        other,
        others,
        ratingFactors,
        rankingFactors,
        shrinkage,
        halfLifeSeconds,
        scoringSteps,
        rankingSteps,
        seed);
  }

  public ReaderSettings withSeed(long other) {
    return new ReaderSettings(
        learner,
        beside,
        ratingFactors,
        rankingFactors,
        shrinkage,
        halfLifeSeconds,
        scoringSteps,
        rankingSteps,
        other);
  }

  public ReaderSettings withSteps(int scoring, int ranking) {
    return new ReaderSettings(
        learner,
        beside,
        ratingFactors,
        rankingFactors,
        shrinkage,
        halfLifeSeconds,
        scoring,
        ranking,
        seed);
  }

  /** Numbers by name: ratingFactors, rankingFactors, shrinkage, halfLifeDays. */
  public ReaderSettings with(Map<String, Double> chosen) {
    Map<String, Double> left = new TreeMap<>(chosen);
    ReaderSettings changed =
        new ReaderSettings(
            learner,
            beside,
            (int) taken(left, "ratingFactors", ratingFactors),
            (int) taken(left, "rankingFactors", rankingFactors),
            taken(left, "shrinkage", shrinkage),
            DAY_SECONDS * taken(left, "halfLifeDays", halfLifeSeconds / DAY_SECONDS),
            scoringSteps,
            rankingSteps,
            seed);
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "Unknown settings %s, expected some of ratingFactors, rankingFactors, shrinkage, halfLifeDays."
              .formatted(left.keySet()));
    }
    return changed;
  }

  private static double taken(Map<String, Double> from, String name, double otherwise) {
    Double value = from.remove(name);
    return value == null ? otherwise : value;
  }
}

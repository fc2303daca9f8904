package dev.freshet.trainer.evaluation;

import dev.freshet.trainer.episode.Ways;

/**
 * How much more often a learner was right than another, on the same questions.
 *
 * @param names whether label names were part of the learner's support
 * @param difference of the accuracies, −1 to 1; positive where the learner leads
 * @param ci95 half the width of its 95 % interval over episodes
 */
public record PairedDifference(
    String learner,
    String against,
    Ways ways,
    Shots shots,
    boolean names,
    int episodes,
    double difference,
    double ci95) {

  /** Whether the interval leaves zero out. */
  public boolean beyondNoise() {
    return Math.abs(difference) > ci95;
  }
}

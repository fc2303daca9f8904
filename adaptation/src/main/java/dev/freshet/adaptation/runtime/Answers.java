package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.learner.Head;
import java.util.Arrays;

/** What counts as an answer, and what stands in where a learner has none. */
final class Answers {
  /** Rounding over thousands of ways stays far below. */
  private static final double SUM_TOLERANCE = 0.01;

  private Answers() {}

  /**
   * Whether there is a finite score for each way, and probabilities add up to one: with logits that
   * overflow they do not, because padding then gets what the ways lose.
   */
  static boolean isSound(Head.Kind kind, int ways, float[] scores) {
    if (scores.length != ways) {
      return false;
    }
    double sum = 0;
    for (float score : scores) {
      sum += score;
    }
    return switch (kind) {
      case CLASSIFICATION -> ways == 0 || Math.abs(sum - 1) <= SUM_TOLERANCE;
      case SCORING, RANKING -> Double.isFinite(sum);
    };
  }

  /** Nothing is said for or against any way. */
  static float[] undecided(Head.Kind kind, int ways) {
    float[] scores = new float[ways];
    switch (kind) {
      case CLASSIFICATION -> Arrays.fill(scores, 1f / ways);
      case SCORING, RANKING -> Arrays.fill(scores, 0f);
    }
    return scores;
  }
}

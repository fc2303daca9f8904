package dev.freshet.adaptation.runtime;

import java.util.function.IntPredicate;

/**
 * Asks an adapted task for the best of a catalogue.
 *
 * @param k how many at most; 1 or more
 * @param excluded positions that are not wanted. It is asked about items that are good enough
 *     alone, so that it may look things up; it must say the same whenever it is asked
 */
public record TopQuery(AdaptedTask task, int k, IntPredicate excluded) {
  public TopQuery {
    if (k < 1) {
      throw new IllegalArgumentException(
          "A query asks for the best " + k + " items, expected 1 or more.");
    }
  }

  /** Nothing is excluded but what was withdrawn. */
  public static TopQuery all(AdaptedTask task, int k) {
    return new TopQuery(task, k, position -> false);
  }
}

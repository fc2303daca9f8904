package dev.freshet.standalone.readerdemo;

import java.util.OptionalDouble;

/**
 * Which part of a source is streamed.
 *
 * @param users the first to come, at most so many
 * @param eventsPerSecond appended to the log
 * @param relevantFrom a later item rated so well should have been shown; empty for what fits the
 *     scale
 */
public record ReaderDemoSettings(
    int users, long seed, int eventsPerSecond, OptionalDouble relevantFrom) {
  public static final int USERS_DEFAULT = 100;

  /** As many as there are. */
  public static final int USERS_ALL = 1_000_000;

  public ReaderDemoSettings {
    if (users < 1 || users > USERS_ALL) {
      throw new IllegalArgumentException(
          "--users is %d, expected 1 to %d".formatted(users, USERS_ALL));
    }
    if (eventsPerSecond < 1) {
      throw new IllegalArgumentException(
          "--rate is " + eventsPerSecond + ", expected at least 1 event a second");
    }
    if (relevantFrom.isPresent() && !Double.isFinite(relevantFrom.getAsDouble())) {
      throw new IllegalArgumentException(
          "--relevant-from is " + relevantFrom.getAsDouble() + ", expected a rating");
    }
  }
}

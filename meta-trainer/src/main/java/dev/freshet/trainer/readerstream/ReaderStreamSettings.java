package dev.freshet.trainer.readerstream;

import java.util.List;

/**
 * What a stream of users is like.
 *
 * @param users how many, at most: the first to come after the cut
 * @param userRatingsMin those with fewer are passed over
 * @param userRatingsMax of a user; later ones are not told, but may be relevant
 * @param topAt a user's own ratings before which the best items are asked for
 * @param topK how many are asked for
 * @param relevantFrom a later item rated that well should have been among them
 * @param segmentExamplesBefore a segment begins with its latest ratings from before the cut
 * @param retractionShare how often a rating is followed by the retraction of an earlier one
 * @param withdrawalShare how often it is followed by the withdrawal of an item
 * @param seed decides what is random
 */
public record ReaderStreamSettings(
    int users,
    int userRatingsMin,
    int userRatingsMax,
    List<Integer> topAt,
    int topK,
    double relevantFrom,
    int segmentExamplesBefore,
    double retractionShare,
    double withdrawalShare,
    long seed) {
  /** A segment's policy keeps no more. */
  private static final int SEGMENT_EXAMPLES_MAX = 10_000;

  public ReaderStreamSettings {
    topAt = topAt.stream().distinct().sorted().toList();
    requireBetween("users", users, 1, 1_000_000);
    requireBetween("userRatingsMin", userRatingsMin, 1, 1_000_000);
    requireBetween("userRatingsMax", userRatingsMax, 1, 1_000_000);
    requireBetween("topK", topK, 1, 1_000);
    requireBetween("segmentExamplesBefore", segmentExamplesBefore, 0, SEGMENT_EXAMPLES_MAX);
    requireShare("retractionShare", retractionShare);
    requireShare("withdrawalShare", withdrawalShare);
    if (topAt.stream().anyMatch(own -> own < 0) || !Double.isFinite(relevantFrom)) {
      throw new IllegalArgumentException(
          "The best items are asked for at %s own ratings and relevant from %s, expected numbers of 0 or more and a finite one."
              .formatted(topAt, relevantFrom));
    }
  }

  /** A hundred users of ten ratings or more, up to thirty of each, on a scale of one to five. */
  public static ReaderStreamSettings of(int users, long seed) {
    return new ReaderStreamSettings(
        users, 10, 30, List.of(0, 1, 5, 20), 20, 4, 400, 0.01, 0.002, seed);
  }

  /** On another scale. */
  public ReaderStreamSettings withRelevantFrom(double other) {
    return new ReaderStreamSettings(
        users,
        userRatingsMin,
        userRatingsMax,
        topAt,
        topK,
        other,
        segmentExamplesBefore,
        retractionShare,
        withdrawalShare,
        seed);
  }

  /** With so many taken back, and so many items withdrawn. */
  public ReaderStreamSettings withShares(double retractions, double withdrawals) {
    return new ReaderStreamSettings(
        users,
        userRatingsMin,
        userRatingsMax,
        topAt,
        topK,
        relevantFrom,
        segmentExamplesBefore,
        retractions,
        withdrawals,
        seed);
  }

  private static void requireBetween(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          what + " is " + value + ", expected " + min + " to " + max + ".");
    }
  }

  private static void requireShare(String what, double value) {
    if (!(value >= 0 && value <= 0.5)) {
      throw new IllegalArgumentException(what + " is " + value + ", expected 0 to 0.5.");
    }
  }
}

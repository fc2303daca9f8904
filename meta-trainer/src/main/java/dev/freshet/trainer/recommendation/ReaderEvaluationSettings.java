package dev.freshet.trainer.recommendation;

import dev.freshet.adaptation.release.Release;
import dev.freshet.trainer.ratings.ItemAttributes;
import dev.freshet.trainer.ratings.RatingLog;
import dev.freshet.trainer.ratings.TimeSplit;
import dev.freshet.trainer.ratings.UserSegments;
import java.util.List;

/**
 * Who is judged, on what.
 *
 * @param release with an item table, made of what came before the cut
 * @param log all ratings, of before and after
 * @param split of the log
 * @param events numbers of own events that a user is judged after
 * @param relevantFrom a later item rated that well is what a ranking should have shown
 * @param userRatingsMin users with fewer are not judged
 * @param streamed whether the items' statistics follow the events, as in the job; else they stay as
 *     they were at the cut
 * @param seed of what is random in the yardsticks
 * @param segments of users, who are then judged with their segment's prior as well
 */
public record ReaderEvaluationSettings(
    Release release,
    RatingLog log,
    TimeSplit split,
    ItemAttributes attributes,
    List<Integer> events,
    double relevantFrom,
    int userRatingsMin,
    boolean streamed,
    long seed,
    UserSegments segments) {
  /** Nobody's segment is known. */
  public ReaderEvaluationSettings(
      Release release,
      RatingLog log,
      TimeSplit split,
      ItemAttributes attributes,
      List<Integer> events,
      double relevantFrom,
      int userRatingsMin,
      boolean streamed,
      long seed) {
    this(
        release,
        log,
        split,
        attributes,
        events,
        relevantFrom,
        userRatingsMin,
        streamed,
        seed,
        UserSegments.NONE);
  }

  public ReaderEvaluationSettings {
    events = events.stream().distinct().sorted().toList();
    if (events.isEmpty() || events.get(0) < 0 || userRatingsMin < 1) {
      throw new IllegalArgumentException(
          "Judged after %s events, users of %d ratings or more: expected numbers of 0 or more, and 1 or more."
              .formatted(events, userRatingsMin));
    }
  }

  /** The same, with segments. */
  public ReaderEvaluationSettings withSegments(UserSegments known) {
    return new ReaderEvaluationSettings(
        release,
        log,
        split,
        attributes,
        events,
        relevantFrom,
        userRatingsMin,
        streamed,
        seed,
        known);
  }
}

package dev.freshet.trainer.readerstream;

import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.trainer.corpus.LeakException;
import dev.freshet.trainer.ratings.Rating;
import dev.freshet.trainer.ratings.TimeSplit;
import dev.freshet.trainer.ratings.UnusableRatingsException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Users first seen after a cut, as a stream: finite, seeded, in the order of time.
 *
 * @param users whose tasks are in it
 */
public record ReaderStream(List<String> users, List<ReaderStep> steps) {
  public ReaderStream {
    users = List.copyOf(users);
    steps = List.copyOf(steps);
  }

  /**
   * Makes the stream.
   *
   * @param table of the release that will answer; items that it does not have are introduced
   * @throws UnusableRatingsException if no user after the cut has enough ratings
   * @throws LeakException if the release was made of what comes in the stream
   */
  public static ReaderStream of(
      StreamSource source, ItemTable table, ReaderStreamSettings settings) {
    TimeSplit split = source.split();
    if (table.scale().asOfSeconds() > split.cutSeconds()) {
      throw new LeakException(
          "The release was made of ratings up to %d, but the stream begins at %d. Cut later, or train on an earlier cut."
              .formatted(table.scale().asOfSeconds(), split.cutSeconds()));
    }
    List<String> users = users(split, settings);
    if (users.isEmpty()) {
      throw new UnusableRatingsException(
          "No user first seen from %d on has %d ratings. Cut earlier, or take users with fewer."
              .formatted(split.cutSeconds(), settings.userRatingsMin()));
    }
    List<Rating> told = told(split, users, settings);
    StreamScript script = new StreamScript(table, source, settings, told);
    script.beginSegments(split);
    Map<String, List<Rating>> all = split.newUsers(settings.userRatingsMin());
    for (int i = 0; i < told.size(); i++) {
      Rating rating = told.get(i);
      script.tell(rating, i, all.getOrDefault(rating.user(), List.of()));
    }
    return new ReaderStream(users, script.steps());
  }

  /** In the order in which they come. */
  private static List<String> users(TimeSplit split, ReaderStreamSettings settings) {
    return split.newUsers(settings.userRatingsMin()).entrySet().stream()
        .sorted(
            Comparator.comparingLong(
                    (Map.Entry<String, List<Rating>> e) -> e.getValue().get(0).seconds())
                .thenComparing(Map.Entry::getKey))
        .limit(settings.users())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<Rating> told(
      TimeSplit split, List<String> users, ReaderStreamSettings settings) {
    Map<String, Integer> counts = new HashMap<>();
    users.forEach(user -> counts.put(user, 0));
    Predicate<Rating> wanted =
        rating ->
            counts.containsKey(rating.user())
                && counts.merge(rating.user(), 1, Integer::sum) <= settings.userRatingsMax();
    List<Rating> told = new ArrayList<>();
    for (Rating rating : split.after()) {
      if (wanted.test(rating)) {
        told.add(rating);
      }
    }
    return told;
  }
}

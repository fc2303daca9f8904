package dev.freshet.trainer.readerstream;

import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.trainer.ratings.ItemAttributes;
import dev.freshet.trainer.ratings.Rating;
import dev.freshet.trainer.ratings.TimeSplit;
import dev.freshet.trainer.ratings.UnusableRatingsException;
import dev.freshet.trainer.ratings.UserSegments;
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
   * @param segments of users, where known
   * @throws UnusableRatingsException if no user after the cut has enough ratings
   */
  public static ReaderStream of(
      TimeSplit split,
      ItemTable table,
      ItemAttributes attributes,
      UserSegments segments,
      ReaderStreamSettings settings) {
    List<String> users = users(split, settings);
    if (users.isEmpty()) {
      throw new UnusableRatingsException(
          "No user first seen from %d on has %d ratings. Cut earlier, or take users with fewer."
              .formatted(split.cutSeconds(), settings.userRatingsMin()));
    }
    List<Rating> told = told(split, users, settings);
    StreamScript script = new StreamScript(table, attributes, segments, settings, told);
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

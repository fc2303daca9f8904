package dev.freshet.trainer.ratings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ratings in the order of time; those of the same second in the order of their source.
 *
 * @param name of the source
 * @param unusable lines of the source that are no rating
 * @param repeated ratings of an item that the user had rated before, left out
 */
public record RatingLog(String name, List<Rating> ratings, long unusable, long repeated) {
  public RatingLog {
    ratings = List.copyOf(ratings);
  }

  /**
   * Sorts, and keeps a user's first rating of an item.
   *
   * @param unusable lines that were left out before
   */
  public static RatingLog of(String name, List<Rating> unsorted, long unusable) {
    List<Rating> sorted = new ArrayList<>(unsorted);
    sorted.sort(Comparator.comparingLong(Rating::seconds));
    Set<List<String>> seen = new HashSet<>();
    List<Rating> kept = new ArrayList<>();
    for (Rating rating : sorted) {
      if (seen.add(List.of(rating.user(), rating.item()))) {
        kept.add(rating);
      }
    }
    return new RatingLog(name, kept, unusable, (long) sorted.size() - kept.size());
  }

  /** Each user's ratings, users in the order of their first. */
  public static Map<String, List<Rating>> byUser(List<Rating> ratings) {
    Map<String, List<Rating>> byUser = new LinkedHashMap<>();
    for (Rating rating : ratings) {
      byUser.computeIfAbsent(rating.user(), unused -> new ArrayList<>()).add(rating);
    }
    return byUser;
  }
}

package dev.freshet.trainer.ratings;

import dev.freshet.trainer.corpus.LeakException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What came before a moment, to train on, and what came from then on.
 *
 * @param cutSeconds Unix time
 * @param before ratings before it
 * @param after ratings from it on
 */
public record TimeSplit(long cutSeconds, List<Rating> before, List<Rating> after) {
  public TimeSplit {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** Divides a log. Both sides must hold something. */
  public static TimeSplit of(RatingLog log, CutTime cut) {
    long seconds = cut.seconds(log);
    List<Rating> before = log.ratings().stream().filter(r -> r.seconds() < seconds).toList();
    List<Rating> after = log.ratings().stream().filter(r -> r.seconds() >= seconds).toList();
    if (before.isEmpty() || after.isEmpty()) {
      throw new UnusableRatingsException(
          "Of %s, %d ratings are before the cut time %d and %d from then on: expected some on both sides. They run from %d to %d."
              .formatted(
                  log.name(),
                  before.size(),
                  seconds,
                  after.size(),
                  log.ratings().get(0).seconds(),
                  log.ratings().get(log.ratings().size() - 1).seconds()));
    }
    return new TimeSplit(seconds, before, after);
  }

  /**
   * As if some items had come out at the cut: what was rated of them before is left out. Which ones
   * depends on their ids alone.
   *
   * @param share of the items, about; 0 to below 1
   */
  public TimeSplit holdingBack(double share) {
    if (!(share >= 0 && share < 1)) {
      throw new UnusableRatingsException(
          "Held back are %s %% of the items, expected 0 to below 100.".formatted(100 * share));
    }
    List<Rating> left = before.stream().filter(r -> place(r.item()) >= share).toList();
    if (left.isEmpty()) {
      throw new UnusableRatingsException(
          "With %s %% of the items held back, no rating is left before the cut. Hold back fewer."
              .formatted(100 * share));
    }
    return new TimeSplit(cutSeconds, left, after);
  }

  /** 0 to below 1, spread evenly: the hash, by MurmurHash3's finaliser. */
  private static double place(String item) {
    int h = item.hashCode();
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return Integer.toUnsignedLong(h ^ (h >>> 16)) / 0x1p32;
  }

  /**
   * Users first seen from the cut on, with their ratings.
   *
   * @param ratingsMin those with fewer are left out
   */
  public Map<String, List<Rating>> newUsers(int ratingsMin) {
    Set<String> known = new HashSet<>();
    before.forEach(rating -> known.add(rating.user()));
    Map<String, List<Rating>> users = new TreeMap<>(RatingLog.byUser(after));
    users.keySet().removeAll(known);
    users.values().removeIf(ratings -> ratings.size() < ratingsMin);
    return users;
  }

  /**
   * Refuses to judge what was trained on.
   *
   * @param training ratings that a release was made of
   * @param cutSeconds nothing of the training may be from then on
   * @param judged users of whom nothing may be in the training
   * @throws LeakException which says what was found first
   */
  public static void requireNoLeak(List<Rating> training, long cutSeconds, Set<String> judged) {
    for (Rating rating : training) {
      if (judged.contains(rating.user())) {
        throw new LeakException(
            "User '%s' is to be judged as new, but a rating of theirs is in the training: %s. Judge users first seen after the cut."
                .formatted(rating.user(), rating));
      }
      if (rating.seconds() >= cutSeconds) {
        throw new LeakException(
            "A rating from the cut time %d on is in the training: %s. Train on what came before."
                .formatted(cutSeconds, rating));
      }
    }
  }
}

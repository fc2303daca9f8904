package dev.freshet.trainer.ratings;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What group of users somebody is known to be of before any rating: a country, a channel, a plan.
 *
 * @param byUser segments; a user in none has no entry
 * @param unusable lines without a user or without a segment
 */
public record UserSegments(SortedMap<String, String> byUser, long unusable) {
  /** Nobody is in any segment. */
  public static final UserSegments NONE = new UserSegments(new TreeMap<>(), 0);

  /** The latest examples that a segment's policy keeps: the most that any policy may. */
  public static final int EXAMPLES_MAX = 10_000;

  public UserSegments {
    byUser = new TreeMap<>(byUser);
  }

  /**
   * Reads a table of user and segment. A header line puts nobody who rates anything into a segment,
   * and does no harm.
   *
   * @throws UnusableRatingsException where there is no such file, or a user is in two segments
   */
  public static UserSegments read(Path file, Charset charset, Optional<String> delimiter) {
    SortedMap<String, String> byUser = new TreeMap<>();
    long[] unusable = {0};
    DelimitedLines.read(
        file,
        charset,
        delimiter,
        row -> {
          if (row.size() < 2 || row.get(0).isBlank() || row.get(1).isBlank()) {
            unusable[0]++;
            return;
          }
          String user = row.get(0).strip();
          String segment = row.get(1).strip();
          String before = byUser.putIfAbsent(user, segment);
          if (before != null && !before.equals(segment)) {
            throw new UnusableRatingsException(
                "%s puts user '%s' into '%s' and into '%s', expected one segment a user."
                    .formatted(file, user, before, segment));
          }
        });
    return new UserSegments(byUser, unusable[0]);
  }

  public Optional<String> of(String user) {
    return Optional.ofNullable(byUser.get(user));
  }

  public boolean isEmpty() {
    return byUser.isEmpty();
  }

  /** Different ones. */
  public int count() {
    return (int) byUser.values().stream().distinct().count();
  }
}

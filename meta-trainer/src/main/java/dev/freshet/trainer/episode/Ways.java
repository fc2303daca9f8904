package dev.freshet.trainer.episode;

import java.util.OptionalInt;

/**
 * How many labels an episode has.
 *
 * @param count empty for every label that has enough texts
 */
public record Ways(OptionalInt count) {
  public static final Ways ALL = new Ways(OptionalInt.empty());

  private static final int COUNT_MAX = 10_000;

  public Ways {
    if (count.isPresent() && (count.getAsInt() < 2 || count.getAsInt() > COUNT_MAX)) {
      throw new IllegalArgumentException(
          "ways is " + count.getAsInt() + ", expected 2 to " + COUNT_MAX + ", or 'all'.");
    }
  }

  public static Ways of(int count) {
    return new Ways(OptionalInt.of(count));
  }

  /** Reads {@code all} or a number. */
  public static Ways parse(String text) {
    if (text.equals("all")) {
      return ALL;
    }
    try {
      return of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("ways is '" + text + "', expected a number or 'all'.", e);
    }
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return count.isPresent() ? Integer.toString(count.getAsInt()) : "all";
  }
}

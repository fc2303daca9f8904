package dev.freshet.trainer.evaluation;

import java.util.Comparator;
import java.util.OptionalInt;

/**
 * What a row counts.
 *
 * @param count examples of the true label; empty for all queries of a stream
 */
public record Shots(OptionalInt count) implements Comparable<Shots> {
  public static final Shots OVERALL = new Shots(OptionalInt.empty());

  public static Shots of(int count) {
    return new Shots(OptionalInt.of(count));
  }

  /** Overall comes last. */
  @Override
  public int compareTo(Shots other) {
    return Comparator.<Shots>comparingInt(shots -> shots.count.orElse(Integer.MAX_VALUE))
        .compare(this, other);
  }

  @Override
  public String toString() {
    return count.isPresent() ? Integer.toString(count.getAsInt()) : "overall";
  }
}

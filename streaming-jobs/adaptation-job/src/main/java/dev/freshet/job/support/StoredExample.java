package dev.freshet.job.support;

import dev.freshet.schemas.Target;
import java.util.Arrays;
import java.util.Optional;

/** An example in force, as it is kept. */
public final class StoredExample {
  private final String id;
  private final long offset;
  private final long timestampMillis;
  private final Target target;
  private final float[] vector;

  /**
   * Keeps an example.
   *
   * @param offset its position in the log, by which examples are ordered
   * @param vector referenced, never written to
   */
  public StoredExample(
      String id, long offset, long timestampMillis, Target target, float[] vector) {
    this.id = id;
    this.offset = offset;
    this.timestampMillis = timestampMillis;
    this.target = target;
    this.vector = vector;
  }

  public String id() {
    return id;
  }

  public long offset() {
    return offset;
  }

  public long timestampMillis() {
    return timestampMillis;
  }

  public Target target() {
    return target;
  }

  float[] vector() {
    return vector;
  }

  /** The label it is an example of; empty for numbers and items. */
  Optional<String> label() {
    return target instanceof Target.LabelTarget label
        ? Optional.of(label.label())
        : Optional.empty();
  }

  /** Whether it teaches the same: a repetition, not a correction. */
  boolean sameContent(StoredExample other) {
    return target.equals(other.target) && Arrays.equals(vector, other.vector);
  }
}

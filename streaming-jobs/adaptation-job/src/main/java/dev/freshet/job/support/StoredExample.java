package dev.freshet.job.support;

import dev.freshet.adaptation.runtime.SupportVector;
import dev.freshet.schemas.Target;
import java.util.Optional;

/** An example in force, as it is kept. */
public final class StoredExample {
  private static final int OVERHEAD_BYTES = 200;

  private final String id;
  private final long offset;
  private final long timestampMillis;
  private final Target target;
  private final Observed observed;

  /** Keeps an example that is a vector. */
  public StoredExample(
      String id, long offset, long timestampMillis, Target target, SupportVector vector) {
    this(id, offset, timestampMillis, target, new Observed.OfVector(vector));
  }

  /**
   * Keeps an example.
   *
   * @param offset its position in the log, by which examples are ordered
   * @param observed a vector remembers its own digest, so that a later adaptation need not hash it
   */
  StoredExample(String id, long offset, long timestampMillis, Target target, Observed observed) {
    this.id = id;
    this.offset = offset;
    this.timestampMillis = timestampMillis;
    this.target = target;
    this.observed = observed;
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

  Observed observed() {
    return observed;
  }

  /** The item that it is about; empty where it is a vector. */
  public Optional<String> item() {
    return observed instanceof Observed.OfItem item ? Optional.of(item.item()) : Optional.empty();
  }

  /** The label it is an example of; empty for numbers and items. */
  Optional<String> label() {
    return target instanceof Target.LabelTarget label
        ? Optional.of(label.label())
        : Optional.empty();
  }

  /** About what it takes of memory. */
  long bytes() {
    return OVERHEAD_BYTES + 2L * id.length() + observed.bytes();
  }

  boolean isOf(String label) {
    return target instanceof Target.LabelTarget labelled && labelled.label().equals(label);
  }

  /** Whether it teaches the same: a repetition, not a correction. */
  boolean sameContent(StoredExample other) {
    return target.equals(other.target) && observed.sameAs(other.observed);
  }
}

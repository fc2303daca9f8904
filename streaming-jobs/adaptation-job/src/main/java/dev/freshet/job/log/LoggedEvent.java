package dev.freshet.job.log;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * A record of the log as it was read. Not a record class: arrays have no value equality, and these
 * are shared, never written.
 */
public final class LoggedEvent {
  /** How it crosses the network. */
  public static final TypeInformation<LoggedEvent> TYPE =
      new WireType<>(LoggedEvent.class, new LoggedEventSerializer());

  private final int partition;
  private final long offset;
  private final long timestampMillis;
  private final byte @Nullable [] key;
  private final byte @Nullable [] value;

  /**
   * @param timestampMillis when the broker appended it, since the Unix epoch
   */
  public LoggedEvent(
      int partition,
      long offset,
      long timestampMillis,
      byte @Nullable [] key,
      byte @Nullable [] value) {
    this.partition = partition;
    this.offset = offset;
    this.timestampMillis = timestampMillis;
    this.key = key;
    this.value = value;
  }

  public int partition() {
    return partition;
  }

  public long offset() {
    return offset;
  }

  /** When the broker appended it, in milliseconds since the Unix epoch. */
  public long timestampMillis() {
    return timestampMillis;
  }

  public byte @Nullable [] key() {
    return key;
  }

  public byte @Nullable [] value() {
    return value;
  }
}

package dev.freshet.job.log;

import dev.freshet.schemas.TaskEvent;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * An event of one task with the release in force at its position and the vectors of its texts.
 *
 * <p>It crosses the network as the bytes it was read as: a later step can still reject them
 * unchanged, and nothing is encoded twice.
 */
public final class StampedEvent {
  /** How it crosses the network. */
  public static final TypeInformation<StampedEvent> TYPE =
      new WireType<>(StampedEvent.class, new StampedEventSerializer());

  private final LoggedEvent logged;
  private final TaskEvent.OfTask event;
  private final ReleaseStamp stamp;
  private final List<float[]> vectors;
  private final boolean truncated;
  private final String taskKey;

  public StampedEvent(LoggedEvent logged, TaskEvent.OfTask event, ReleaseStamp stamp) {
    this(logged, event, stamp, List.of(), false);
  }

  StampedEvent(
      LoggedEvent logged,
      TaskEvent.OfTask event,
      ReleaseStamp stamp,
      List<float[]> vectors,
      boolean truncated) {
    this.logged = logged;
    this.event = event;
    this.stamp = stamp;
    this.vectors = List.copyOf(vectors);
    this.truncated = truncated;
    this.taskKey = event.lineage() + '/' + event.task();
  }

  /**
   * The same event with its texts encoded.
   *
   * @param encoded one for each text: the features of an example or a query, the labels of a task
   * @param anyTruncated whether a text was longer than the encoder reads
   */
  public StampedEvent withVectors(List<float[]> encoded, boolean anyTruncated) {
    return new StampedEvent(logged, event, stamp, encoded, anyTruncated);
  }

  public LoggedEvent logged() {
    return logged;
  }

  public TaskEvent.OfTask event() {
    return event;
  }

  public ReleaseStamp stamp() {
    return stamp;
  }

  /** Vectors of the event's texts, in order; not to be written to. */
  public List<float[]> vectors() {
    return vectors;
  }

  public boolean truncated() {
    return truncated;
  }

  /** The task's key as Flink partitions by it: {@code lineage/task}. */
  public String taskKey() {
    return taskKey;
  }
}

package dev.freshet.job.log;

import dev.freshet.schemas.ItemsChanged.SegmentRow;
import dev.freshet.schemas.TaskEvent;
import java.util.List;

/**
 * An event of one task with the release in force at its position and the vectors of its texts.
 *
 * <p>It crosses the network as the bytes it was read as: a later step can still reject them
 * unchanged, and nothing is encoded twice.
 */
public final class StampedEvent implements Stamped {
  private final LoggedEvent logged;
  private final TaskEvent.OfTask event;
  private final ReleaseStamp stamp;
  private final List<float[]> vectors;
  private final boolean truncated;
  private final List<SegmentRow> prior;
  private final String taskKey;

  public StampedEvent(LoggedEvent logged, TaskEvent.OfTask event, ReleaseStamp stamp) {
    this(logged, event, stamp, List.of());
  }

  /**
   * An event that opens a task with a parent.
   *
   * @param prior what the parent says at this position of the log
   */
  public StampedEvent(
      LoggedEvent logged, TaskEvent.OfTask event, ReleaseStamp stamp, List<SegmentRow> prior) {
    this(logged, event, stamp, List.of(), false, prior);
  }

  StampedEvent(
      LoggedEvent logged,
      TaskEvent.OfTask event,
      ReleaseStamp stamp,
      List<float[]> vectors,
      boolean truncated,
      List<SegmentRow> prior) {
    this.logged = logged;
    this.event = event;
    this.stamp = stamp;
    this.vectors = List.copyOf(vectors);
    this.truncated = truncated;
    this.prior = List.copyOf(prior);
    this.taskKey = event.lineage() + '/' + event.task();
  }

  /**
   * The same event with its texts encoded.
   *
   * @param encoded one for each text: the features of an example or a query, the labels of a task
   * @param anyTruncated whether a text was longer than the encoder reads
   */
  public StampedEvent withVectors(List<float[]> encoded, boolean anyTruncated) {
    return new StampedEvent(logged, event, stamp, encoded, anyTruncated, prior);
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

  /** What the parent of a task says that is opened with one; else empty. */
  public List<SegmentRow> prior() {
    return prior;
  }

  /** The task's key as Flink partitions by it: {@code lineage/task}. */
  public String taskKey() {
    return taskKey;
  }

  @Override
  public String routingKey() {
    return taskKey;
  }
}

package dev.freshet.job.support;

import dev.freshet.schemas.SupportPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is read of a task at every event: small, so that an answer from the cache reads nothing
 * else.
 *
 * @param opened whether a TaskOpened was seen
 * @param labels those in force
 * @param examples in force
 * @param version counts the changes of the support; tells a cache whether it is current
 * @param clockMillis the latest log timestamp of the task's history
 * @param oldestMillis no example in force is older; {@link Long#MAX_VALUE} without examples
 * @param tombstones remembered retractions
 * @param pending queries whose outcome may become an example
 * @param segment whether others may start from this task
 * @param priorRows what its own parent said when it was opened
 */
public record TaskHeader(
    boolean opened,
    SupportPolicy policy,
    List<TaskLabel> labels,
    int examples,
    long version,
    long clockMillis,
    long oldestMillis,
    int tombstones,
    int pending,
    boolean segment,
    int priorRows) {

  /** A task of which nothing was said. */
  static final TaskHeader NONE =
      new TaskHeader(
          false,
          SupportPolicy.DEFAULT,
          List.of(),
          0,
          0,
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          0,
          0,
          false,
          0);

  public TaskHeader {
    labels = List.copyOf(labels);
  }

  /** Whether it differs from {@link #NONE} in nothing but its clock. */
  boolean saysNothing() {
    return !opened && version == 0 && tombstones == 0 && pending == 0;
  }

  Optional<TaskLabel> label(String id) {
    for (TaskLabel label : labels) {
      if (label.id().equals(id)) {
        return Optional.of(label);
      }
    }
    return Optional.empty();
  }

  /** Puts the label in place of the one with its id, or drops it when it is not in force. */
  TaskHeader withLabel(TaskLabel label) {
    List<TaskLabel> next = new ArrayList<>(labels.size() + 1);
    boolean placed = false;
    for (TaskLabel old : labels) {
      boolean same = old.id().equals(label.id());
      placed |= same;
      TaskLabel kept = same ? label : old;
      if (kept.inForce()) {
        next.add(kept);
      }
    }
    if (!placed && label.inForce()) {
      next.add(label);
    }
    return new TaskHeader(
        opened,
        policy,
        next,
        examples,
        version,
        clockMillis,
        oldestMillis,
        tombstones,
        pending,
        segment,
        priorRows);
  }

  /** A task that was a segment once stays one. */
  TaskHeader opened(SupportPolicy newPolicy, boolean asSegment) {
    return new TaskHeader(
        true,
        newPolicy,
        labels,
        examples,
        version,
        clockMillis,
        oldestMillis,
        tombstones,
        pending,
        segment || asSegment,
        priorRows);
  }

  TaskHeader changed() {
    return new TaskHeader(
        opened,
        policy,
        labels,
        examples,
        version + 1,
        clockMillis,
        oldestMillis,
        tombstones,
        pending,
        segment,
        priorRows);
  }

  TaskHeader at(long timestampMillis) {
    return timestampMillis <= clockMillis
        ? this
        : new TaskHeader(
            opened,
            policy,
            labels,
            examples,
            version,
            timestampMillis,
            oldestMillis,
            tombstones,
            pending,
            segment,
            priorRows);
  }

  TaskHeader withExamples(int count, long oldest) {
    return new TaskHeader(
        opened,
        policy,
        labels,
        count,
        version,
        clockMillis,
        oldest,
        tombstones,
        pending,
        segment,
        priorRows);
  }

  TaskHeader withTombstones(int count) {
    return new TaskHeader(
        opened,
        policy,
        labels,
        examples,
        version,
        clockMillis,
        oldestMillis,
        count,
        pending,
        segment,
        priorRows);
  }

  TaskHeader withPending(int count) {
    return new TaskHeader(
        opened,
        policy,
        labels,
        examples,
        version,
        clockMillis,
        oldestMillis,
        tombstones,
        count,
        segment,
        priorRows);
  }

  TaskHeader withPriorRows(int count) {
    return new TaskHeader(
        opened,
        policy,
        labels,
        examples,
        version,
        clockMillis,
        oldestMillis,
        tombstones,
        pending,
        segment,
        count);
  }
}

package dev.freshet.job.support;

import java.util.Optional;
import java.util.function.Predicate;

/** Examples joining and leaving a task, with the header's counts kept right. */
final class Eviction {
  private final TaskStore store;
  private final ItemTally tally;
  private TaskHeader header;

  /**
   * @param tally is told what the policy drops
   */
  Eviction(TaskHeader header, TaskStore store, ItemTally tally) {
    this.header = header;
    this.store = store;
    this.tally = tally;
  }

  TaskHeader header() {
    return header;
  }

  void add(StoredExample example) {
    store.put(example);
    long oldest = Math.min(header.oldestMillis(), example.timestampMillis());
    header = header.withExamples(header.examples() + 1, oldest).changed();
    count(example, 1);
  }

  /** The header's oldest timestamp stays a lower bound; the next scan by age tightens it. */
  void remove(StoredExample example) {
    store.remove(example);
    int left = header.examples() - 1;
    long oldest = left == 0 ? Long.MAX_VALUE : header.oldestMillis();
    header = header.withExamples(left, oldest).changed();
    count(example, -1);
  }

  private void evict(StoredExample example) {
    remove(example);
    tally.evicted();
  }

  private void count(StoredExample example, int change) {
    Optional<String> id = example.label();
    if (id.isPresent()) {
      TaskLabel label =
          header.label(id.get()).orElse(new TaskLabel(id.get(), TaskLabel.UNNAMED, 0, 0));
      header = header.withLabel(label.withExamples(label.examples() + change));
    }
  }

  /** Drops the examples appended before the given log time. */
  TaskHeader olderThan(long timestampMillis) {
    long oldest = Long.MAX_VALUE;
    for (StoredExample example : store.examples()) {
      if (example.timestampMillis() < timestampMillis) {
        evict(example);
      } else {
        oldest = Math.min(oldest, example.timestampMillis());
      }
    }
    header = header.withExamples(header.examples(), oldest);
    return header;
  }

  /** Drops the oldest examples until no label and not the task has more than it may. */
  TaskHeader toLimits() {
    for (TaskLabel label : header.labels()) {
      drop(
          label.examples() - header.policy().examplesPerLabelMax(),
          example -> example.isOf(label.id()));
    }
    drop(header.examples() - header.policy().examplesPerTaskMax(), example -> true);
    return header;
  }

  /** One is the usual case; many, when a policy shrinks, must not read all examples each time. */
  private void drop(int count, Predicate<StoredExample> fits) {
    if (count == 1) {
      evict(store.oldest(fits).orElseThrow());
    } else if (count > 1) {
      store.examples().stream().filter(fits).limit(count).forEach(this::evict);
    }
  }
}

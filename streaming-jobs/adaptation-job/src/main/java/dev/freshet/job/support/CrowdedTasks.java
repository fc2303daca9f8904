package dev.freshet.job.support;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The examples of the tasks with many, in log order, as far as memory goes: a copy of the state,
 * never state. A full task evicts at each example; to look for the oldest in the state would read
 * them all, and step over what was deleted before them.
 */
final class CrowdedTasks {
  /** Where reading them all costs less than remembering. */
  static final int EXAMPLES_MIN = 128;

  private final long bytesMax;
  private final Map<Object, Task> tasks = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  CrowdedTasks(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  private static final class Task {
    private final TreeMap<Long, StoredExample> examples = new TreeMap<>();
    private long bytes;
  }

  /** In log order, not to be kept; empty where the task is not remembered. */
  Optional<Collection<StoredExample>> examples(Object key) {
    return Optional.ofNullable(tasks.get(key))
        .map(task -> Collections.unmodifiableCollection(task.examples.values()));
  }

  /** Remembers all examples of a task, if they are many. */
  void remember(Object key, List<StoredExample> examples) {
    if (examples.size() >= EXAMPLES_MIN) {
      Task task = new Task();
      forget(key);
      tasks.put(key, task);
      examples.forEach(example -> put(task, example));
      trim();
    }
  }

  void put(Object key, StoredExample example) {
    Task task = tasks.get(key);
    if (task != null) {
      put(task, example);
      trim();
    }
  }

  void remove(Object key, StoredExample example) {
    Task task = tasks.get(key);
    if (task != null) {
      StoredExample removed = task.examples.remove(example.offset());
      weigh(task, removed == null ? 0 : -removed.bytes());
      if (task.examples.size() < EXAMPLES_MIN / 2) {
        forget(key);
      }
    }
  }

  void forget(Object key) {
    Task task = tasks.remove(key);
    bytes -= task == null ? 0 : task.bytes;
  }

  private void put(Task task, StoredExample example) {
    StoredExample before = task.examples.put(example.offset(), example);
    weigh(task, example.bytes() - (before == null ? 0 : before.bytes()));
  }

  private void weigh(Task task, long change) {
    task.bytes += change;
    bytes += change;
  }

  private void trim() {
    Iterator<Task> eldestFirst = tasks.values().iterator();
    while (bytes > bytesMax && eldestFirst.hasNext()) {
      bytes -= eldestFirst.next().bytes;
      eldestFirst.remove();
    }
  }
}

package dev.freshet.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Names a task: the lineage of meta-models it is adapted from, and its own name.
 *
 * <p>On every topic the Kafka key of whatever belongs to a task is the UTF-8 text {@code
 * lineage/task}. A lineage holds no slash, so the first slash splits; a task name may hold any.
 *
 * @param lineage matches {@code [a-z0-9][a-z0-9-]{0,63}}
 * @param task 1 to 256 characters, none of them a control character
 */
public record TaskKey(String lineage, String task) implements Comparable<TaskKey> {
  static final int TASK_CHARACTERS_MAX = 256;
  private static final int LINEAGE_CHARACTERS_MAX = 64;

  public TaskKey {
    requireTask(lineage, task);
  }

  static void requireTask(String lineage, String task) {
    requireLineage(lineage);
    Require.text("task", task, TASK_CHARACTERS_MAX);
  }

  static void requireLineage(String lineage) {
    Require.that(
        isLineage(lineage),
        "lineage '%s' is not a name: expected [a-z0-9][a-z0-9-]{0,63}, e.g. 'categories'",
        lineage);
  }

  /** A plain loop: this runs for every event. */
  private static boolean isLineage(String text) {
    if (text.isEmpty() || text.length() > LINEAGE_CHARACTERS_MAX || text.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  /** The key of an event's task; empty for a fence, which concerns every task of its lineage. */
  public static Optional<TaskKey> of(TaskEvent event) {
    return event instanceof TaskEvent.OfTask ofTask
        ? Optional.of(new TaskKey(ofTask.lineage(), ofTask.task()))
        : Optional.empty();
  }

  /**
   * Reads a Kafka key.
   *
   * @throws IllegalArgumentException if the bytes are not {@code lineage/task}
   */
  public static TaskKey parse(byte[] kafkaKey) {
    String text = new String(kafkaKey, StandardCharsets.UTF_8);
    int slash = text.indexOf('/');
    Require.that(slash > 0, "key '%s' is not 'lineage/task'", text);
    return new TaskKey(text.substring(0, slash), text.substring(slash + 1));
  }

  /** The Kafka key of this task. */
  public byte[] bytes() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The partition of this task on every topic keyed by task: Kafka's default partitioner, {@code
   * toPositive(murmur2(key)) mod partitions}.
   */
  public int partition(int partitions) {
    return partitionOf(bytes(), partitions);
  }

  /** The partition that Kafka's default partitioner gives a key. */
  public static int partitionOf(byte[] kafkaKey, int partitions) {
    Require.that(partitions > 0, "a topic has at least one partition, got %s", partitions);
    return (Murmur2.hash(kafkaKey) & 0x7fffffff) % partitions;
  }

  @Override
  public int compareTo(TaskKey other) {
    int byLineage = lineage.compareTo(other.lineage);
    return byLineage != 0 ? byLineage : task.compareTo(other.task);
  }

  @Override
  public String toString() {
    return lineage + "/" + task;
  }
}

package dev.freshet.standalone.readerdemo;

import dev.freshet.schemas.ItemsChanged;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.Topics;
import dev.freshet.schemas.UndecodableException;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.log.TopicReader;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits until segments have spoken and items are known in every partition of the log, and the item
 * table has then been silent for a moment: who opens a task from a segment before that, is refused
 * or starts from half of it.
 */
final class TableWait {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SILENCE = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(100);

  private final TaskEventCodec codec = new TaskEventCodec();
  private final String lineage;
  private final Set<String> names;
  private final Set<String> missing = new HashSet<>();
  private long lastNanos = System.nanoTime();

  TableWait(String lineage, Set<String> segments, Set<String> items) {
    this.lineage = lineage;
    this.names = new HashSet<>();
    segments.forEach(segment -> names.add(segment(segment)));
    items.forEach(item -> names.add(item(item)));
  }

  private static String segment(String task) {
    return "segment " + task;
  }

  private static String item(String id) {
    return "item " + id;
  }

  /**
   * Returns when all have.
   *
   * @throws CommandFailure with {@link Exit#INCOMPLETE} if they do not
   */
  void run(BrokerLink broker) {
    if (names.isEmpty()) {
      return;
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (TopicReader reader = new TopicReader(broker)) {
      Collection<TopicPartition> log = reader.partitions(Topics.TASK_EVENTS);
      log.forEach(at -> names.forEach(name -> missing.add(in(at.partition(), name))));
      reader.fromBeginning(log);
      while (!missing.isEmpty() || System.nanoTime() - lastNanos < SILENCE.toNanos()) {
        reader.poll(POLL).forEach(this::read);
        if (System.nanoTime() > deadline) {
          throw new CommandFailure(
              Exit.INCOMPLETE,
              "The item table of lineage '%s' lacks after %d s: %s. Does the job write it (items.interval-ms above 0)?"
                  .formatted(
                      lineage, PATIENCE.toSeconds(), missing.stream().sorted().limit(5).toList()));
        }
      }
    }
  }

  private void read(ConsumerRecord<byte[], byte[]> read) {
    try {
      if (codec.decode(read.value()) instanceof ItemsChanged changed
          && changed.lineage().equals(lineage)) {
        changed.segments().forEach(said -> come(read.partition(), segment(said.task())));
        changed.items().forEach(said -> come(read.partition(), item(said.item())));
      }
    } catch (UndecodableException e) {
      // Not of the job's making.
    }
  }

  private void come(int partition, String name) {
    missing.remove(in(partition, name));
    lastNanos = System.nanoTime();
  }

  private static String in(int partition, String name) {
    return name + " in partition " + partition;
  }
}

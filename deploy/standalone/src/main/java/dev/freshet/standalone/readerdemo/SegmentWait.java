package dev.freshet.standalone.readerdemo;

import dev.freshet.schemas.ItemsChanged;
import dev.freshet.schemas.ItemsChanged.SegmentState;
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
 * Waits until segments have spoken in every partition of the log, and have then been silent for a
 * moment: who opens a task from one of them before that, is refused or starts from half of it.
 */
final class SegmentWait {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SILENCE = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(100);

  private final TaskEventCodec codec = new TaskEventCodec();
  private final String lineage;
  private final Set<String> segments;
  private final Set<String> missing = new HashSet<>();
  private long lastNanos = System.nanoTime();

  SegmentWait(String lineage, Set<String> segments) {
    this.lineage = lineage;
    this.segments = segments;
  }

  /**
   * Returns when all have.
   *
   * @throws CommandFailure with {@link Exit#INCOMPLETE} if they do not
   */
  void run(BrokerLink broker) {
    if (segments.isEmpty()) {
      return;
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (TopicReader reader = new TopicReader(broker)) {
      Collection<TopicPartition> log = reader.partitions(Topics.TASK_EVENTS);
      log.forEach(at -> segments.forEach(segment -> missing.add(name(at.partition(), segment))));
      reader.fromBeginning(log);
      while (!missing.isEmpty() || System.nanoTime() - lastNanos < SILENCE.toNanos()) {
        reader.poll(POLL).forEach(this::read);
        if (System.nanoTime() > deadline) {
          throw new CommandFailure(
              Exit.INCOMPLETE,
              "Segments have not spoken within %d s, as partition/segment: %s. Does the job write item tables (items.interval-ms above 0)?"
                  .formatted(PATIENCE.toSeconds(), missing));
        }
      }
    }
  }

  private void read(ConsumerRecord<byte[], byte[]> read) {
    try {
      if (codec.decode(read.value()) instanceof ItemsChanged changed
          && changed.lineage().equals(lineage)) {
        for (SegmentState segment : changed.segments()) {
          missing.remove(name(read.partition(), segment.task()));
          lastNanos = System.nanoTime();
        }
      }
    } catch (UndecodableException e) {
      // Not of the job's making.
    }
  }

  private static String name(int partition, String segment) {
    return partition + "/" + segment;
  }
}

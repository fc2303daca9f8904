package dev.freshet.standalone.refresh;

import dev.freshet.adaptation.release.Release;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.Topics;
import dev.freshet.schemas.UndecodableException;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.trainer.history.HistoryLimits;
import dev.freshet.trainer.history.LineageHistory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A lineage's history, read from the log: from its beginning at first, and each time as far as it
 * goes by then. The offsets read up to are committed under the trainer's own group, so that anybody
 * can see how far behind it is; they are never read back, because the history is in memory.
 */
final class LogFold implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final LineageHistory history;
  private final TaskEventCodec codec = new TaskEventCodec();
  private long undecodable;

  LogFold(BrokerLink broker, Release champion, HistoryLimits limits) {
    String lineage = champion.manifest().lineage();
    this.history =
        new LineageHistory(
            lineage, champion.manifest().encoder(), champion.manifest().features(), limits);
    Map<String, Object> settings = new HashMap<>(broker.client());
    settings.put("group.id", group(lineage));
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "earliest");
    settings.put("allow.auto.create.topics", false);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.partitions =
        consumer.partitionsFor(Topics.TASK_EVENTS).stream()
            .map(info -> new TopicPartition(Topics.TASK_EVENTS, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** The consumer group of a lineage's trainer. */
  static String group(String lineage) {
    return "freshet-trainer-" + lineage;
  }

  LineageHistory history() {
    return history;
  }

  /** Records that are no event; the job rejected them. */
  long undecodable() {
    return undecodable;
  }

  /** Reads to what is the end now, and commits. */
  void readOn() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue())) {
      consumer.poll(POLL).forEach(this::take);
    }
    Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
    partitions.forEach(p -> read.put(p, new OffsetAndMetadata(consumer.position(p))));
    consumer.commitSync(read);
  }

  /** The next offset of each partition. */
  SortedMap<Integer, Long> positions() {
    return partitions.stream()
        .collect(
            Collectors.toMap(
                TopicPartition::partition, consumer::position, (a, b) -> a, TreeMap::new));
  }

  private void take(ConsumerRecord<byte[], byte[]> read) {
    if (read.value() == null) {
      return;
    }
    try {
      history.take(codec.decode(read.value()), read.timestamp());
    } catch (UndecodableException e) {
      undecodable++;
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}

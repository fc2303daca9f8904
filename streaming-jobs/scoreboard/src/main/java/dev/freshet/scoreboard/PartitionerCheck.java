package dev.freshet.scoreboard;

import dev.freshet.schemas.TaskKey;
import dev.freshet.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks whether the last records of the joined topics lie where Kafka's default puts them. */
final class PartitionerCheck {
  private static final List<String> JOINED = List.of(Topics.TASK_EVENTS, Topics.PREDICTIONS);
  private static final int SAMPLE_PER_PARTITION_MAX = 200;
  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrapServers;
  private final int partitions;
  private final Duration readingTimeMax;
  private final Map<String, Sample> samples = new TreeMap<>();

  PartitionerCheck(String bootstrapServers, int partitions, Duration readingTimeMax) {
    this.bootstrapServers = bootstrapServers;
    this.partitions = partitions;
    this.readingTimeMax = readingTimeMax;
  }

  /**
   * @throws ScoreboardStartException if a record lies elsewhere, or they cannot be read in time
   */
  void run() {
    List<TopicPartition> all =
        JOINED.stream()
            .flatMap(
                topic -> IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)))
            .toList();
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      consumer
          .beginningOffsets(all)
          .forEach(
              (p, begin) ->
                  consumer.seek(p, Math.max(begin, end(ends, p) - SAMPLE_PER_PARTITION_MAX)));
      readUntil(consumer, ends);
    }
    judge();
  }

  /**
   * The log may hold a stray record: the job rejects it, and a restart must not depend on it. Most
   * of a sample astray is a producer with another partitioner. Predictions are the job's own, and
   * none may be astray.
   */
  private void judge() {
    for (Sample sample : samples.values()) {
      boolean strayAllowed = sample.topic.equals(Topics.TASK_EVENTS);
      if (sample.astray > (strayAllowed ? sample.records / 2 : 0)) {
        throw new ScoreboardStartException(sample.firstAstray);
      }
    }
  }

  /** What the last records of a topic showed. */
  private static final class Sample {
    private final String topic;
    private int records;
    private int astray;
    private String firstAstray = "";

    Sample(String topic) {
      this.topic = topic;
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            Math.toIntExact(readingTimeMax.toMillis())),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private void readUntil(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    long deadlineNanos = System.nanoTime() + readingTimeMax.toNanos();
    while (true) {
      List<TopicPartition> done =
          consumer.assignment().stream().filter(p -> consumer.position(p) >= end(ends, p)).toList();
      if (done.size() == ends.size()) {
        return;
      }
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new ScoreboardStartException(
            ("Cannot start the scoreboard on %s: expected to read the last records of %s within"
                    + " %s, got to the end of %d of %d partitions. Check the brokers, then start"
                    + " again.")
                .formatted(bootstrapServers, JOINED, readingTimeMax, done.size(), ends.size()));
      }
      consumer.pause(done);
      consumer.poll(POLL).forEach(this::check);
    }
  }

  private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
    return ends.getOrDefault(partition, 0L);
  }

  /** A key that names no task is a fence's (its lineage alone) or a bad record's: no witness. */
  private void check(ConsumerRecord<byte[], byte[]> record) {
    if (Stream.ofNullable(record.key()).noneMatch(PartitionerCheck::isOfTask)) {
      return;
    }
    Sample sample = samples.computeIfAbsent(record.topic(), Sample::new);
    sample.records++;
    int expected = TaskKey.partitionOf(record.key(), partitions);
    if (expected != record.partition() && sample.astray++ == 0) {
      sample.firstAstray = words(record, expected);
    }
  }

  private String words(ConsumerRecord<byte[], byte[]> record, int expected) {
    return ("Cannot start the scoreboard on %s: the record at offset %d of %s, key '%s', lies in"
            + " partition %d, expected %d (Kafka's default, murmur2 of the key, over %d"
            + " partitions). Its producer uses another partitioner:"
            + " remove that setting (librdkafka: partitioner=murmur2_random) and send the records"
            + " again; the check reads the last %d of each partition.")
        .formatted(
            bootstrapServers,
            record.offset(),
            record.topic(),
            new String(record.key(), StandardCharsets.UTF_8),
            record.partition(),
            expected,
            partitions,
            SAMPLE_PER_PARTITION_MAX);
  }

  private static boolean isOfTask(byte[] key) {
    try {
      TaskKey.parse(key);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

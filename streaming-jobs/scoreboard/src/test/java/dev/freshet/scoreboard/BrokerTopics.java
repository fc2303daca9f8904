package dev.freshet.scoreboard;

import dev.freshet.broker.EmbeddedBroker;
import dev.freshet.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of a test's broker: made anew, written and read back. */
final class BrokerTopics {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  /**
   * The producer's timestamps are kept, so that a test can let days pass; and so are records of the
   * past, which a broker would delete half a minute after its start.
   */
  private static final Map<String, String> CONFIG =
      Map.of("message.timestamp.type", "CreateTime", "retention.ms", "-1");

  private BrokerTopics() {}

  static void make(EmbeddedBroker broker, Map<String, Integer> partitions)
      throws InterruptedException, ExecutionException {
    try (Admin admin = admin(broker)) {
      admin.deleteTopics(listed(admin)).all().get();
      while (!listed(admin).isEmpty()) {
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      }
    }
    add(broker, partitions);
  }

  /** When it returns they take records. */
  static void add(EmbeddedBroker broker, Map<String, Integer> partitions)
      throws InterruptedException, ExecutionException {
    try (Admin admin = admin(broker)) {
      admin
          .createTopics(
              partitions.entrySet().stream()
                  .map(t -> new NewTopic(t.getKey(), t.getValue(), (short) 1).configs(CONFIG))
                  .toList())
          .all()
          .get();
      while (!listed(admin).containsAll(partitions.keySet())) {
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      }
      awaitLeaders(admin, partitions);
    }
  }

  /**
   * A broker lists a topic before it leads its partitions. A producer whose first batch is refused
   * then, and the second one is not, sends the first again and again in vain.
   */
  private static void awaitLeaders(Admin admin, Map<String, Integer> partitions)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    partitions.forEach(
        (topic, count) ->
            IntStream.range(0, count)
                .forEach(p -> ends.put(new TopicPartition(topic, p), OffsetSpec.latest())));
    // Asked again by the client until there is a leader that answers.
    admin.listOffsets(ends).all().get();
  }

  private static Admin admin(EmbeddedBroker broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  private static Set<String> listed(Admin admin) throws InterruptedException, ExecutionException {
    return admin.listTopics().names().get();
  }

  static void makeAll(EmbeddedBroker broker, int taskPartitions)
      throws InterruptedException, ExecutionException {
    make(
        broker,
        Map.of(
            Topics.TASK_EVENTS,
            taskPartitions,
            Topics.PREDICTIONS,
            taskPartitions,
            Topics.SCORES,
            1));
  }

  static void send(EmbeddedBroker broker, List<ProducerRecord<byte[], byte[]>> records)
      throws InterruptedException, ExecutionException {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      records.forEach(record -> sent.add(producer.send(record)));
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  /** Every committed record of a topic, partition by partition. */
  static List<ConsumerRecord<byte[], byte[]>> read(EmbeddedBroker broker, String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker, "read_committed")) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = ends(broker, partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /**
   * With everything that was written. To a reader of committed records a topic ends before a
   * transaction whose commit was answered a moment ago and is not written into it yet.
   */
  private static Map<TopicPartition, Long> ends(
      EmbeddedBroker broker, List<TopicPartition> partitions) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker, "read_uncommitted")) {
      return consumer.endOffsets(partitions);
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedBroker broker, String isolation) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", isolation),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}

package dev.freshet.scoreboard;

import dev.freshet.broker.EmbeddedBroker;
import dev.freshet.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
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
  private BrokerTopics() {}

  static void make(EmbeddedBroker broker, Map<String, Integer> partitions)
      throws InterruptedException, ExecutionException {
    // The producer's timestamps are kept, so that a test can let days pass.
    Map<String, String> config = Map.of("message.timestamp.type", "CreateTime");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      Set<String> old = admin.listTopics().names().get();
      admin.deleteTopics(old).all().get();
      while (!admin.listTopics().names().get().isEmpty()) {
        Thread.sleep(20);
      }
      admin
          .createTopics(
              partitions.entrySet().stream()
                  .map(t -> new NewTopic(t.getKey(), t.getValue(), (short) 1).configs(config))
                  .toList())
          .all()
          .get();
    }
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
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }
}

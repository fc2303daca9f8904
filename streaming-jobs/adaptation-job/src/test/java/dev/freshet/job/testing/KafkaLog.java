package dev.freshet.job.testing;

import dev.freshet.adaptation.release.Release;
import dev.freshet.broker.EmbeddedBroker;
import dev.freshet.broker.TopicSetup;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.ReleaseCatalogue;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker with the topics of Freshet, and the two ends of the job on it. */
public final class KafkaLog implements AutoCloseable {
  private final EmbeddedBroker broker;
  private final KafkaProducer<byte[], byte[]> producer;

  public KafkaLog(Path directory, int partitions) {
    broker = EmbeddedBroker.start(directory, 0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      new TopicSetup(admin, partitions).ensure();
    }
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", "0"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Names the champion in the catalogue; the fence is the log's business. */
  public void catalogue(Release champion) throws InterruptedException, ExecutionException {
    ReleaseCatalogue catalogue =
        new ReleaseCatalogue(
            champion.manifest().lineage(),
            1,
            List.of(
                new ReleaseCatalogue.Entry(
                    champion.manifest().release(),
                    champion.digest(),
                    champion.manifest().learner(),
                    ReleaseCatalogue.Role.CHAMPION,
                    Optional.empty(),
                    0,
                    0)));
    producer
        .send(
            new ProducerRecord<>(
                Topics.RELEASES,
                champion.manifest().lineage().getBytes(StandardCharsets.UTF_8),
                RecordCodec.releaseCatalogues().encode(catalogue)))
        .get();
  }

  /** Appends to the log, at the partitions the events were made for. */
  public void append(List<LoggedEvent> events) throws InterruptedException, ExecutionException {
    for (LoggedEvent event : events) {
      producer
          .send(
              new ProducerRecord<>(
                  Topics.TASK_EVENTS, event.partition(), event.key(), event.value()))
          .get();
    }
  }

  /** Writes a fence into every partition, all or none, as the release desk does. */
  public void activate(ReleaseActivated fence) throws InterruptedException, ExecutionException {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers(), "transactional.id", "release-desk");
    byte[] key = fence.lineage().getBytes(StandardCharsets.UTF_8);
    byte[] value = new TaskEventCodec().encode(fence);
    try (KafkaProducer<byte[], byte[]> desk =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      desk.initTransactions();
      desk.beginTransaction();
      List<Future<RecordMetadata>> written = new ArrayList<>();
      for (PartitionInfo p : desk.partitionsFor(Topics.TASK_EVENTS)) {
        written.add(desk.send(new ProducerRecord<>(Topics.TASK_EVENTS, p.partition(), key, value)));
      }
      desk.commitTransaction();
      for (Future<RecordMetadata> one : written) {
        one.get();
      }
    }
  }

  /** The log as it stands, with the positions and times that the broker gave. */
  public List<LoggedEvent> read() {
    List<LoggedEvent> log = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records(Topics.TASK_EVENTS)) {
      log.add(
          new LoggedEvent(
              record.partition(),
              record.offset(),
              record.timestamp(),
              record.key(),
              record.value()));
    }
    return log;
  }

  /**
   * All committed records of a topic, up to the first transaction that the broker has not ended in
   * it; whoever waits for more reads again.
   */
  public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers(), "isolation.level", "read_committed");
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(50)).forEach(all::add);
      }
    }
    return all;
  }

  @Override
  public void close() {
    producer.close();
    broker.close();
  }
}

package dev.freshet.job.sink;

import dev.freshet.job.items.LogRecord;
import dev.freshet.schemas.Topics;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes versions of the item table into the partitions of the log that they are meant for. */
public final class LogWriter
    implements KafkaRecordSerializationSchema<LogRecord>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      LogRecord record, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        Topics.TASK_EVENTS, record.partition(), record.key(), record.value());
  }

  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(
            DefaultKafkaDatasetIdentifier.ofTopics(List.of(Topics.TASK_EVENTS))));
  }
}

package dev.freshet.job.sink;

import dev.freshet.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes a prediction under its query's key, into its query's partition. */
public final class PredictionWriter
    implements KafkaRecordSerializationSchema<PredictionRecord>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1L;

  /** Header: when the broker appended the query, decimal milliseconds since the Unix epoch. */
  public static final String QUERY_APPENDED_MILLIS = "freshet.query-appended-ms";

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      PredictionRecord record, KafkaSinkContext context, Long timestamp) {
    ProducerRecord<byte[], byte[]> out =
        new ProducerRecord<>(Topics.PREDICTIONS, record.partition(), record.key(), record.value());
    out.headers()
        .add(
            QUERY_APPENDED_MILLIS,
            Long.toString(record.queryAppendedMillis()).getBytes(StandardCharsets.UTF_8));
    return out;
  }

  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(
            DefaultKafkaDatasetIdentifier.ofTopics(List.of(Topics.PREDICTIONS))));
  }
}

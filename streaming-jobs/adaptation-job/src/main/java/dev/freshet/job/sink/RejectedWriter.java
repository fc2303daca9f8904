package dev.freshet.job.sink;

import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.RejectedEvent;
import dev.freshet.schemas.RejectionHeaders;
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

/** Writes a rejected event: key and value as they were, and headers that say why. */
public final class RejectedWriter
    implements KafkaRecordSerializationSchema<RejectedEvent>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      RejectedEvent event, KafkaSinkContext context, Long timestamp) {
    LoggedEvent logged = event.logged();
    ProducerRecord<byte[], byte[]> out =
        new ProducerRecord<>(Topics.REJECTED_EVENTS, logged.key(), logged.value());
    header(out, RejectionHeaders.EXCEPTION, event.reason().name());
    header(out, RejectionHeaders.MESSAGE, event.message());
    header(out, RejectionHeaders.TOPIC, Topics.TASK_EVENTS);
    header(out, RejectionHeaders.PARTITION, Integer.toString(logged.partition()));
    header(out, RejectionHeaders.OFFSET, Long.toString(logged.offset()));
    return out;
  }

  private static void header(ProducerRecord<byte[], byte[]> out, String name, String value) {
    out.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(
            DefaultKafkaDatasetIdentifier.ofTopics(List.of(Topics.REJECTED_EVENTS))));
  }
}

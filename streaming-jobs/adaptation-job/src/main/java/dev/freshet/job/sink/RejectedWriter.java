package dev.freshet.job.sink;

import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.RejectedEvent;
import dev.freshet.schemas.RejectionHeaders;
import dev.freshet.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes a rejected event: key and value as they were, and headers that say why.
 *
 * <p>A compressed batch may hold a record that is many times larger than the broker's limit. Such a
 * one is cut to what the topic takes, and a header says how large it was; its position leads to it.
 */
public final class RejectedWriter
    implements KafkaRecordSerializationSchema<RejectedEvent>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      RejectedEvent event, KafkaSinkContext context, Long timestamp) {
    LoggedEvent logged = event.logged();
    byte[] key = start(logged.key(), Topics.REJECTED_BYTES_MAX / 2);
    byte[] value = start(logged.value(), Topics.REJECTED_BYTES_MAX - length(key));
    ProducerRecord<byte[], byte[]> out = new ProducerRecord<>(Topics.REJECTED_EVENTS, key, value);
    header(out, RejectionHeaders.EXCEPTION, event.reason().name());
    header(out, RejectionHeaders.MESSAGE, event.message());
    header(out, RejectionHeaders.TOPIC, Topics.TASK_EVENTS);
    header(out, RejectionHeaders.PARTITION, Integer.toString(logged.partition()));
    header(out, RejectionHeaders.OFFSET, Long.toString(logged.offset()));
    long bytes = (long) length(logged.key()) + length(logged.value());
    if (bytes > length(key) + length(value)) {
      header(out, RejectionHeaders.BYTES_BEFORE_CUT, Long.toString(bytes));
    }
    return out;
  }

  private static byte @Nullable [] start(byte @Nullable [] bytes, int bytesMax) {
    return bytes == null || bytes.length <= bytesMax ? bytes : Arrays.copyOf(bytes, bytesMax);
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
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

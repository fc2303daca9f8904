package dev.freshet.job.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.RejectedEvent;
import dev.freshet.schemas.RejectionHeaders;
import dev.freshet.schemas.RejectionReason;
import dev.freshet.schemas.Topics;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema.KafkaSinkContext;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectedWriterTest {
  private static final KafkaSinkContext CONTEXT =
      new KafkaSinkContext() {
        @Override
        public int getParallelInstanceId() {
          return 0;
        }

        @Override
        public int getNumberOfParallelInstances() {
          return 1;
        }

        @Override
        public int[] getPartitionsForTopic(String topic) {
          return new int[] {0};
        }
      };

  @Test
  void keepsKeyAndValueAndSaysWhereAndWhy() {
    byte[] value = "hello".getBytes(UTF_8);

    ProducerRecord<byte[], byte[]> record = write(null, value);

    assertThat(record.key()).isNull();
    assertThat(record.value()).isSameAs(value);
    assertThat(header(record, RejectionHeaders.EXCEPTION)).isEqualTo("UNDECODABLE");
    assertThat(header(record, RejectionHeaders.PARTITION)).isEqualTo("3");
    assertThat(header(record, RejectionHeaders.OFFSET)).isEqualTo("14");
    assertThat(header(record, RejectionHeaders.BYTES_BEFORE_CUT)).isEmpty();
  }

  /** Compressed, a record of many megabytes passes the broker's limit; the producer has its own. */
  @ParameterizedTest
  @CsvSource({"0, 9000000", "9000000, 0", "9000000, 9000000", "1000, 2031616"})
  void cutsWhatTheTopicWouldNotTake(int keyBytes, int valueBytes) {
    ProducerRecord<byte[], byte[]> record = write(new byte[keyBytes], new byte[valueBytes]);

    assertThat(record.key().length + record.value().length)
        .isBetween(Topics.REJECTED_BYTES_MAX / 2, Topics.REJECTED_BYTES_MAX);
    assertThat(header(record, RejectionHeaders.BYTES_BEFORE_CUT))
        .isEqualTo(Integer.toString(keyBytes + valueBytes));
  }

  @Test
  void takesATombstone() {
    assertThat(write("k".getBytes(UTF_8), null).value()).isNull();
  }

  private static ProducerRecord<byte[], byte[]> write(
      byte @Nullable [] key, byte @Nullable [] value) {
    LoggedEvent logged = new LoggedEvent(3, 14, -1, key, value);
    return new RejectedWriter()
        .serialize(new RejectedEvent(logged, RejectionReason.UNDECODABLE, "why"), CONTEXT, 0L);
  }

  private static String header(ProducerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }
}

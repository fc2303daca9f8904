package dev.freshet.job.log;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes every record of the log with its position; nothing is dropped here, nothing is judged. */
public final class LogReader implements KafkaRecordDeserializationSchema<LoggedEvent> {
  private static final long serialVersionUID = 1L;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<LoggedEvent> out) {
    out.collect(
        new LoggedEvent(
            record.partition(), record.offset(), record.timestamp(), record.key(), record.value()));
  }

  @Override
  public TypeInformation<LoggedEvent> getProducedType() {
    return LoggedEvent.TYPE;
  }
}

package dev.freshet.scoreboard;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.UsePartitionTimeOnInvalidTimestamp;

/** How Kafka Streams is run for the scoreboard. */
record StreamsSettings(Map<String, Object> values) {
  private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);
  // After a kill, readers of the scores wait this long for the transaction left open.
  private static final Duration TRANSACTION_TIMEOUT_MIN = Duration.ofSeconds(10);
  // A prediction of the largest size still fits when it is held, with key and timestamp around it.
  private static final int RECORD_BYTES_MAX = 2 * 1024 * 1024;

  StreamsSettings {
    values = Map.copyOf(values);
  }

  static StreamsSettings of(ScoreboardConfig config) {
    return new StreamsSettings(
        Map.ofEntries(
            Map.entry(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers()),
            Map.entry(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId()),
            Map.entry(StreamsConfig.STATE_DIR_CONFIG, config.stateDirectory().toString()),
            Map.entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2),
            Map.entry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis()),
            Map.entry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1),
            Map.entry(
                StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG,
                UsePartitionTimeOnInvalidTimestamp.class.getName()),
            Map.entry(
                StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest"),
            Map.entry(
                StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                Math.toIntExact(SESSION_TIMEOUT.toMillis())),
            Map.entry(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                transactionTimeoutMillis(config.commitInterval())),
            Map.entry(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                RECORD_BYTES_MAX),
            Map.entry(
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
                Integer.toString(RECORD_BYTES_MAX))));
  }

  Properties asProperties() {
    Properties properties = new Properties();
    properties.putAll(values);
    return properties;
  }

  private static int transactionTimeoutMillis(Duration commitInterval) {
    return Math.toIntExact(
        Math.max(TRANSACTION_TIMEOUT_MIN.toMillis(), 5 * commitInterval.toMillis()));
  }
}

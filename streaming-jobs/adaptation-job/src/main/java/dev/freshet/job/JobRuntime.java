package dev.freshet.job;

import dev.freshet.job.items.LogRecord;
import dev.freshet.job.log.LogReader;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.RejectedEvent;
import dev.freshet.job.sink.LogWriter;
import dev.freshet.job.sink.PredictionRecord;
import dev.freshet.job.sink.PredictionWriter;
import dev.freshet.job.sink.RejectedWriter;
import dev.freshet.schemas.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.rocksdb.CompressionType;

/** Source, sinks and settings of a job that reads the log, whatever it does in between. */
final class JobRuntime {
  // Below the broker's maximum of 15 minutes; Flink's own default of an hour is refused there.
  static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(10);

  private final JobConfig config;

  JobRuntime(JobConfig config) {
    this.config = config;
  }

  void configure(StreamExecutionEnvironment env) {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(StateBackendOptions.STATE_BACKEND, config.stateBackend().flinkName());
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, config.checkpointDir());
    settings.set(
        CheckpointingOptions.INCREMENTAL_CHECKPOINTS,
        config.stateBackend() == StateBackend.ROCKSDB);
    // Most ids that are looked up are new: a filter says so without reading a block.
    settings.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
    settings.set(
        RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL,
        List.of(CompressionType.ZSTD_COMPRESSION));
    settings.set(RocksDBOptions.USE_PARTITIONED_INDEX_FILTERS, true);
    settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 2);
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    env.configure(settings);
    env.setParallelism(config.parallelism());
    env.setMaxParallelism(config.parallelismMax());
    env.setBufferTimeout(config.bufferTimeout().toMillis());
    // Also where delivery is at-least-once: without aligned barriers the state of a task could be
    // ahead of the position from which its events are read again, and a query asked a second time
    // would see examples that come after it.
    env.enableCheckpointing(config.checkpointInterval().toMillis(), CheckpointingMode.EXACTLY_ONCE);
  }

  KafkaSource<LoggedEvent> source() {
    return KafkaSource.<LoggedEvent>builder()
        .setBootstrapServers(config.bootstrapServers())
        .setTopics(Topics.TASK_EVENTS)
        .setGroupId(config.groupId())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(new LogReader())
        // Fences are written in transactions; an aborted one must not be seen.
        .setProperty("isolation.level", "read_committed")
        // Partitions are never added to a live log.
        .setProperty("partition.discovery.interval.ms", "-1")
        .build();
  }

  KafkaSink<PredictionRecord> predictions() {
    return sink(new PredictionWriter(), "predictions");
  }

  KafkaSink<RejectedEvent> rejections() {
    return sink(new RejectedWriter(), "rejected");
  }

  /**
   * Versions of the item table, back into the log. Never in transactions: a record that is written
   * twice says nothing new, and a new item must not wait for a checkpoint.
   */
  KafkaSink<LogRecord> itemTables() {
    return KafkaSink.<LogRecord>builder()
        .setBootstrapServers(config.bootstrapServers())
        .setRecordSerializer(new LogWriter())
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setProperty("acks", "all")
        .setProperty("linger.ms", "0")
        .setProperty("max.request.size", Integer.toString(4 * 1024 * 1024))
        .build();
  }

  private <T> KafkaSink<T> sink(KafkaRecordSerializationSchema<T> writer, String name) {
    return KafkaSink.<T>builder()
        .setBootstrapServers(config.bootstrapServers())
        .setRecordSerializer(writer)
        .setDeliveryGuarantee(config.delivery().guarantee())
        .setTransactionalIdPrefix(config.groupId() + "-" + name)
        .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING)
        .setProperty("transaction.timeout.ms", Long.toString(TRANSACTION_TIMEOUT.toMillis()))
        .setProperty("acks", "all")
        .setProperty("linger.ms", "1")
        .setProperty("batch.size", Integer.toString(128 * 1024))
        .setProperty("max.request.size", Integer.toString(4 * 1024 * 1024))
        .build();
  }
}

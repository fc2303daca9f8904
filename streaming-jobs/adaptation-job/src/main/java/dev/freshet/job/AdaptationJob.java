package dev.freshet.job;

import dev.freshet.job.adapt.AdaptOperator;
import dev.freshet.job.adapt.AdaptOptions;
import dev.freshet.job.encode.EncodeFunction;
import dev.freshet.job.encode.EncoderFactory;
import dev.freshet.job.items.ItemDeskOperator;
import dev.freshet.job.items.ItemNews;
import dev.freshet.job.items.LogRecord;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.RejectedEvent;
import dev.freshet.job.log.Stamped;
import dev.freshet.job.sink.PredictionRecord;
import dev.freshet.job.stamp.StampFunction;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Task events in, adapted predictions out:
 *
 * <pre>{@code
 * source → stamp → encode → keyBy(lineage/task) → adapt → predictions
 *   ↑        └────────┴─────────────────────────────┴──→ rejected events
 *   └── versions of the item table ← item desk ← news of items
 * }</pre>
 *
 * <p>What events and tasks say of items goes back into the log, as versions of the item table in
 * every partition: so the table in force has a position in each task's history.
 */
public final class AdaptationJob {
  public static final String NAME = "freshet-adaptation";

  private final JobConfig config;
  private final EncoderFactory encoder;
  private final AdaptOperator adapt;

  public AdaptationJob(JobConfig config) {
    this(config, EncoderFactory.named(config.encoder(), config.device()));
  }

  public AdaptationJob(JobConfig config, EncoderFactory encoder) {
    this(config, encoder, new AdaptOperator(options(config)));
  }

  /** For a test that runs another adapting step. */
  AdaptationJob(JobConfig config, EncoderFactory encoder, AdaptOperator adapt) {
    this.config = config;
    this.encoder = encoder;
    this.adapt = adapt;
  }

  static AdaptOptions options(JobConfig config) {
    return new AdaptOptions(
        config.releasesDir(),
        config.device(),
        config.batchEventsMax(),
        config.batchDelay().toMillis(),
        config.adaptedCacheBytesMax());
  }

  /**
   * Checks what the job stands on and submits it.
   *
   * @throws IllegalStateException if topics do not fit or a champion is missing or damaged
   */
  public JobClient submit(StreamExecutionEnvironment env) throws Exception {
    ChampionCheck.verify(config);
    build(env, LogPartitions.count(config.bootstrapServers()));
    return env.executeAsync(NAME);
  }

  private void build(StreamExecutionEnvironment env, int partitions) {
    JobRuntime runtime = new JobRuntime(config);
    runtime.configure(env);
    SingleOutputStreamOperator<Stamped> stamped =
        env.fromSource(
                runtime.source(), WatermarkStrategy.noWatermarks(), "task-events", LoggedEvent.TYPE)
            .uid("task-events")
            .process(
                new StampFunction(config.releasesDir(), config.device(), partitions, encoder),
                Stamped.TYPE)
            .name("stamp")
            .uid("stamp");
    SingleOutputStreamOperator<Stamped> encoded =
        stamped
            .process(new EncodeFunction(encoder, config.encoderCacheBytesMax()), Stamped.TYPE)
            .name("encode")
            .uid("encode");
    SingleOutputStreamOperator<PredictionRecord> predictions =
        encoded
            .keyBy(Stamped::routingKey, Types.STRING)
            .transform("adapt", PredictionRecord.TYPE, adapt)
            .uid("adapt");
    predictions.sinkTo(runtime.predictions()).name("predictions").uid("predictions");
    stamped
        .getSideOutput(RejectedEvent.TAG)
        .union(
            encoded.getSideOutput(RejectedEvent.TAG), predictions.getSideOutput(RejectedEvent.TAG))
        .sinkTo(runtime.rejections())
        .name("rejected-events")
        .uid("rejected-events");
    if (!config.itemsInterval().isZero()) {
      stamped
          .getSideOutput(ItemNews.TAG)
          .union(predictions.getSideOutput(ItemNews.TAG))
          .keyBy(ItemNews::lineage, Types.STRING)
          .transform(
              "item-desk",
              LogRecord.TYPE,
              new ItemDeskOperator(partitions, config.itemsInterval().toMillis()))
          .uid("item-desk")
          .setParallelism(1)
          .sinkTo(runtime.itemTables())
          .name("item-tables")
          .uid("item-tables")
          .setParallelism(1);
    }
  }
}

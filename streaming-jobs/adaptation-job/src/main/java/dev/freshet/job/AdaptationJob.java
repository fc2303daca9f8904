package dev.freshet.job;

import dev.freshet.job.adapt.AdaptOperator;
import dev.freshet.job.adapt.AdaptOptions;
import dev.freshet.job.encode.EncodeFunction;
import dev.freshet.job.encode.EncoderFactory;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.RejectedEvent;
import dev.freshet.job.log.StampedEvent;
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
 *            └────────┴─────────────────────────────┴──→ rejected events
 * }</pre>
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
    SingleOutputStreamOperator<StampedEvent> stamped =
        env.fromSource(
                runtime.source(), WatermarkStrategy.noWatermarks(), "task-events", LoggedEvent.TYPE)
            .uid("task-events")
            .process(
                new StampFunction(config.releasesDir(), config.device(), partitions, encoder),
                StampedEvent.TYPE)
            .name("stamp")
            .uid("stamp");
    SingleOutputStreamOperator<StampedEvent> encoded =
        stamped
            .process(new EncodeFunction(encoder, config.encoderCacheBytesMax()), StampedEvent.TYPE)
            .name("encode")
            .uid("encode");
    SingleOutputStreamOperator<PredictionRecord> predictions =
        encoded
            .keyBy(StampedEvent::taskKey, Types.STRING)
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
  }
}

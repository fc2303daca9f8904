package dev.freshet.job;

import dev.freshet.job.encode.EncoderFactory;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.Stamped;
import dev.freshet.job.log.StampedEvent;
import dev.freshet.job.sink.PredictionRecord;
import dev.freshet.job.stamp.StampFunction;
import dev.freshet.schemas.QueryAsked;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/**
 * The floor of {@link AdaptationJob}: the same source, decoding, keyBy, sink and output bytes, and
 * nothing in between. What a load run compares with; it answers nothing.
 */
public final class PassThroughJob {
  public static final String NAME = "freshet-pass-through";

  private final JobConfig config;
  private final int predictionBytes;

  /**
   * Passes queries through.
   *
   * @param predictionBytes size of what stands for a prediction
   */
  public PassThroughJob(JobConfig config, int predictionBytes) {
    this.config = config;
    this.predictionBytes = predictionBytes;
  }

  /** Submits it. */
  public JobClient submit(StreamExecutionEnvironment env) throws Exception {
    int partitions = LogPartitions.count(config.bootstrapServers());
    JobRuntime runtime = new JobRuntime(config);
    runtime.configure(env);
    env.fromSource(
            runtime.source(), WatermarkStrategy.noWatermarks(), "task-events", LoggedEvent.TYPE)
        .uid("task-events")
        .process(
            new StampFunction(
                config.releasesDir(),
                config.device(),
                partitions,
                EncoderFactory.named(config.encoder(), config.device())),
            Stamped.TYPE)
        .name("stamp")
        .uid("stamp")
        .keyBy(Stamped::routingKey, Types.STRING)
        .flatMap(new PassThrough(predictionBytes))
        .returns(PredictionRecord.TYPE)
        .name("pass-through")
        .uid("pass-through")
        .sinkTo(runtime.predictions())
        .name("predictions")
        .uid("predictions");
    return env.executeAsync(NAME);
  }

  /** As many bytes for every query as a prediction has. */
  private static final class PassThrough implements FlatMapFunction<Stamped, PredictionRecord> {
    private static final long serialVersionUID = 1L;
    private final byte[] payload;

    PassThrough(int bytes) {
      payload = new byte[bytes];
    }

    @Override
    public void flatMap(Stamped stamped, Collector<PredictionRecord> out) {
      if (stamped instanceof StampedEvent event && event.event() instanceof QueryAsked) {
        out.collect(
            new PredictionRecord(
                event.taskKey().getBytes(StandardCharsets.UTF_8),
                event.logged().partition(),
                event.logged().timestampMillis(),
                payload));
      }
    }
  }
}

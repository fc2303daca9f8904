package dev.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.release.Release;
import dev.freshet.job.adapt.AdaptOperator;
import dev.freshet.job.adapt.AdaptOptions;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.StampedEvent;
import dev.freshet.job.testing.GeneratedLog;
import dev.freshet.job.testing.KafkaLog;
import dev.freshet.job.testing.PlainReplay;
import dev.freshet.job.testing.PlainReplay.Position;
import dev.freshet.job.testing.TestReleases;
import dev.freshet.job.testing.WordEncoder;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The real broker, a local Flink cluster, failures, a savepoint, a swap of releases. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class JobOnKafkaTest {
  private static final int EVENTS = 500;
  private static final RecordCodec<Prediction> CODEC = RecordCodec.predictions();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setConfiguration(modest())
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path directory;
  private TestReleases releases;
  private List<Release> both;
  private KafkaLog kafka;

  private static Configuration modest() {
    Configuration configuration = new Configuration();
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(16));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(16));
    return configuration;
  }

  @BeforeEach
  void startBroker() throws Exception {
    releases = new TestReleases(directory.resolve("releases"));
    both = List.of(releases.write("cool", 4), releases.write("hot", 20));
    kafka = new KafkaLog(directory.resolve("kafka"), GeneratedLog.PARTITIONS);
    kafka.catalogue(both.get(0));
  }

  @AfterEach
  void stopBroker() {
    kafka.close();
  }

  @Test
  void exactlyOnceSurvivesFailuresInMidBatch() throws Exception {
    FailingOperator.failuresLeft.set(3);
    Map<Position, List<byte[]>> predictions =
        runThroughFailures(Delivery.EXACTLY_ONCE, new FailingOperator(slowBatches()), 0);

    assertThat(FailingOperator.failuresLeft).hasValue(0);
    assertEqualsReplay(predictions, 1);
  }

  /** Keeps the test above honest: without the flush before the barrier it must lose queries. */
  @Test
  void withoutTheFlushBeforeTheBarrierQueriesWouldBeLost() throws Exception {
    FailingOperator.failuresLeft.set(3);
    Map<Position, List<byte[]>> predictions =
        runThroughFailures(Delivery.EXACTLY_ONCE, new ForgetfulOperator(slowBatches()), 1);

    assertThat(FailingOperator.failuresLeft).hasValue(0);
    assertThat(predictions.size()).isLessThan(replay().size());
  }

  /** A retry may write a prediction again, never another one. */
  @Test
  void atLeastOnceLosesNothingThroughFailuresAndItsDuplicatesAreIdentical() throws Exception {
    FailingOperator.failuresLeft.set(3);
    Map<Position, List<byte[]>> predictions =
        runThroughFailures(Delivery.AT_LEAST_ONCE, new FailingOperator(slowBatches()), 0);

    assertThat(FailingOperator.failuresLeft).hasValue(0);
    assertEqualsReplay(predictions, 4);
  }

  @Test
  void goesOnFromASavepointWithAnotherParallelismAndSwapsReleasesWhereTheFenceStands()
      throws Exception {
    List<LoggedEvent> log = GeneratedLog.of(77, EVENTS, both);
    JobConfig one = config(Delivery.AT_LEAST_ONCE, 1);
    JobClient first = submit(new AdaptationJob(one, new WordEncoder.Factory()), env());
    kafka.append(log.subList(0, EVENTS / 2));
    while (predictions().isEmpty()) {
      Thread.sleep(100); // a savepoint can only be taken of a job that runs
    }
    String savepoint =
        first
            .stopWithSavepoint(
                false,
                directory.resolve("savepoint").toUri().toString(),
                SavepointFormatType.CANONICAL)
            .get();

    StreamExecutionEnvironment env = env();
    Configuration restore = new Configuration();
    restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    env.configure(restore);
    JobConfig two = config(Delivery.AT_LEAST_ONCE, 2);
    JobClient second = submit(new AdaptationJob(two, new WordEncoder.Factory()), env);
    kafka.append(log.subList(EVENTS / 2, log.size()));
    Map<Position, List<byte[]>> predictions = awaitAll(second);

    assertEqualsReplay(predictions, 2);
    assertThat(
            predictions.values().stream()
                .map(copies -> decoded(copies.get(0)).release())
                .distinct())
        .containsExactlyInAnyOrder("cool", "hot");
  }

  private Map<Position, List<byte[]>> runThroughFailures(
      Delivery delivery, AdaptOperator operator, int lossesMin) throws Exception {
    AdaptationJob job = new AdaptationJob(config(delivery, 2), new WordEncoder.Factory(), operator);
    JobClient running = submit(job, env());
    List<LoggedEvent> log = GeneratedLog.of(7, EVENTS, both);
    for (int i = 0; i < log.size(); i += 20) {
      kafka.append(log.subList(i, Math.min(i + 20, log.size())));
      Thread.sleep(100); // lets checkpoints fall between the events
    }
    if (lossesMin == 0) {
      return awaitAll(running);
    }
    Thread.sleep(Duration.ofSeconds(8).toMillis());
    running.cancel().get();
    return predictions();
  }

  private static JobClient submit(AdaptationJob job, StreamExecutionEnvironment env)
      throws Exception {
    return job.submit(env);
  }

  private static StreamExecutionEnvironment env() {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
  }

  private JobConfig config(Delivery delivery, int parallelism) {
    return JobConfig.parse(
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "releases.dir", releases.directory().toString(),
            "delivery", delivery.id(),
            "device", "cpu",
            "parallelism", Integer.toString(parallelism),
            "state.backend", "heap",
            "checkpoint.dir", directory.resolve("checkpoints").toUri().toString(),
            "checkpoint.interval-ms", "150"));
  }

  /** So slow that a checkpoint nearly always finds events waiting. */
  private AdaptOptions slowBatches() {
    return new AdaptOptions(
        releases.directory().toString(),
        dev.freshet.adaptation.runtime.Device.CPU,
        1_000,
        1_000,
        1 << 20);
  }

  private SortedMap<Position, byte[]> replay() {
    try (PlainReplay replay = new PlainReplay(both)) {
      return replay.run(kafka.read());
    }
  }

  private Map<Position, List<byte[]>> awaitAll(JobClient job) throws Exception {
    SortedMap<Position, byte[]> expected = replay();
    Map<Position, List<byte[]>> got = predictions();
    long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (got.size() < expected.size() && System.nanoTime() < deadline) {
      Thread.sleep(200);
      got = predictions();
    }
    job.cancel().get();
    return predictions();
  }

  private Map<Position, List<byte[]>> predictions() {
    Map<Position, List<byte[]>> byPosition = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.records(Topics.PREDICTIONS)) {
      Prediction prediction = decoded(record.value());
      byPosition
          .computeIfAbsent(
              new Position(prediction.partition(), prediction.offset()), p -> new ArrayList<>())
          .add(record.value());
    }
    return byPosition;
  }

  private static Prediction decoded(byte[] value) {
    try {
      return CODEC.decode(value);
    } catch (dev.freshet.schemas.UndecodableException e) {
      throw new AssertionError(e);
    }
  }

  private void assertEqualsReplay(Map<Position, List<byte[]>> predictions, int copiesMax) {
    SortedMap<Position, byte[]> expected = replay();
    assertThat(expected).hasSizeGreaterThan(100);
    assertThat(predictions.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (position, bytes) ->
            assertThat(predictions.getOrDefault(position, List.of()))
                .as("predictions of the query at %s", position)
                .hasSizeBetween(1, copiesMax)
                .allSatisfy(copy -> assertThat(copy).isEqualTo(bytes)));
  }

  /** Fails a few times with events waiting in its buffer, each time after a checkpoint. */
  private static class FailingOperator extends AdaptOperator {
    private static final long serialVersionUID = 1L;
    // The operator is copied into the cluster, in this JVM; the count must outlive its restarts.
    private static final AtomicInteger failuresLeft = new AtomicInteger();

    private transient boolean checkpointed;
    private transient int sinceCheckpoint;

    FailingOperator(AdaptOptions options) {
      super(options);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
      super.notifyCheckpointComplete(checkpointId);
      checkpointed = true;
    }

    @Override
    public void processElement(StreamRecord<StampedEvent> element) {
      super.processElement(element);
      sinceCheckpoint += checkpointed ? 1 : 0;
      if (sinceCheckpoint > 5 && failuresLeft.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new IllegalStateException("injected failure with events waiting");
      }
    }
  }

  /** Leaves its buffer to the checkpoint, which does not hold it. */
  private static final class ForgetfulOperator extends FailingOperator {
    private static final long serialVersionUID = 1L;

    ForgetfulOperator(AdaptOptions options) {
      super(options);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {}
  }
}

package dev.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.release.Release;
import dev.freshet.job.adapt.AdaptOperator;
import dev.freshet.job.adapt.AdaptOptions;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.testing.GeneratedLog;
import dev.freshet.job.testing.JobMetrics;
import dev.freshet.job.testing.KafkaLog;
import dev.freshet.job.testing.Load;
import dev.freshet.job.testing.OddLog;
import dev.freshet.job.testing.OddLog.Refused;
import dev.freshet.job.testing.Patience;
import dev.freshet.job.testing.PlainReplay;
import dev.freshet.job.testing.PlainReplay.Position;
import dev.freshet.job.testing.RunningJobs;
import dev.freshet.job.testing.TestReleases;
import dev.freshet.job.testing.WordEncoder;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.RejectionHeaders;
import dev.freshet.schemas.RejectionReason;
import dev.freshet.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real broker, a local Flink cluster; failures, savepoints, releases swapped, odd input. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class JobOnKafkaTest {
  private static final int FAILURES = 3;
  private static final int PIECES_AFTER_FAILURES = 15;
  // Above those of the fences in generated logs.
  private static final long EPOCH = 1_000_000;
  private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();
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
  private final RunningJobs jobs = new RunningJobs();
  private TestReleases releases;
  private List<Release> both;
  private KafkaLog kafka;

  private static Configuration modest() {
    Configuration configuration = new Configuration();
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(16));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(16));
    return REPORTER.addToConfiguration(configuration);
  }

  @BeforeEach
  void startBroker() throws Exception {
    releases = new TestReleases(directory.resolve("releases"));
    both = List.of(releases.write("cool", 4), releases.write("hot", 20));
    kafka = new KafkaLog(directory.resolve("kafka"), GeneratedLog.PARTITIONS);
    kafka.catalogue(both.get(0));
  }

  @AfterEach
  void endJobsAndBroker() throws Exception {
    try {
      jobs.end();
    } finally {
      kafka.close();
    }
  }

  @Test
  void exactlyOnceSurvivesFailuresInMidBatch() throws Exception {
    runIntoFailures(Delivery.EXACTLY_ONCE, new FailingOperator(slowBatches()));

    assertAnswersAsTheReplayDoes(1);
  }

  /** Keeps the test above honest: without the flush before the barrier it must lose queries. */
  @Test
  void withoutTheFlushBeforeTheBarrierQueriesWouldBeLost() throws Exception {
    runIntoFailures(Delivery.EXACTLY_ONCE, new ForgetfulOperator(slowBatches()));
    List<LoggedEvent> last = GeneratedLog.lastQueries();
    kafka.append(last);
    Patience.await(
        "the last queries answered", () -> answered(GeneratedLog.LAST_QUERY) == last.size());
    jobs.end();

    assertThat(predictions().size()).isLessThan(replay().size());
  }

  /** A retry may write a prediction again, never another one. */
  @Test
  void atLeastOnceLosesNothingThroughFailuresAndItsDuplicatesAreIdentical() throws Exception {
    runIntoFailures(Delivery.AT_LEAST_ONCE, new FailingOperator(slowBatches()));

    assertAnswersAsTheReplayDoes(1 + FAILURES);
  }

  /** Whatever is in force, and whoever reads which partition, follows from the log alone. */
  @ParameterizedTest
  @CsvSource({"1, 2", "2, 1"})
  void swapsReleasesUnderLoadAndGoesOnFromASavepointWithAnotherParallelism(int before, int after)
      throws Exception {
    Release cool = both.get(0);
    Release hot = both.get(1);
    JobClient first = submit(job(before), env());
    try (Load load = new Load(kafka, GeneratedLog.endless(77, List.of(cool)), 300)) {
      awaitPredictionsOfEpochs(1, EPOCH - 1);
      kafka.activate(TestReleases.fence(hot, EPOCH));
      awaitPredictionsOfEpochs(EPOCH, EPOCH);
      String savepoint = stopWithSavepoint(first);

      kafka.activate(TestReleases.fence(cool, EPOCH + 1)); // stands where nobody reads yet
      submit(job(after), envFrom(savepoint));
      awaitPredictionsOfEpochs(EPOCH + 1, EPOCH + 1);
      kafka.activate(TestReleases.fence(hot, EPOCH + 2));
      awaitPredictionsOfEpochs(EPOCH + 2, EPOCH + 2);
    }

    assertAnswersAsTheReplayDoes(2);
  }

  /** Refused by every step, in several subtasks; and everybody else is answered as if alone. */
  @Test
  void writesWhatAnyStepRefusesUntouchedAndAnswersTheRestAndCountsBoth() throws Exception {
    OddLog odd = new OddLog(GeneratedLog.PARTITIONS, both.get(0));
    kafka.append(odd.events());
    JobClient running = submit(job(2), env());
    Patience.await(
        "everything refused",
        () -> kafka.records(Topics.REJECTED_EVENTS).size() >= odd.refused().size());
    Map<Position, LoggedEvent> log = new HashMap<>();
    kafka.read().forEach(logged -> log.put(position(logged), logged));
    List<Refused> refused = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.records(Topics.REJECTED_EVENTS)) {
      LoggedEvent original = Objects.requireNonNull(log.remove(positionOfOriginal(record)));
      assertThat(record.key()).isEqualTo(original.key());
      assertThat(record.value()).isEqualTo(original.value());
      assertThat(header(record, RejectionHeaders.TOPIC)).isEqualTo(Topics.TASK_EVENTS);
      assertThat(header(record, RejectionHeaders.MESSAGE)).isNotBlank();
      String reason = header(record, RejectionHeaders.EXCEPTION);
      refused.add(new Refused(original, RejectionReason.valueOf(reason)));
    }
    assertThat(described(refused)).isEqualTo(described(odd.refused()));

    SortedMap<Position, byte[]> expected = replay(log.values());
    Map<Position, List<byte[]>> predictions = awaitAll(expected);
    assertSameBytes(predictions, expected, 1);
    assertMetrics(new JobMetrics(REPORTER, running.getJobID()), odd, expected.values());
  }

  /** Every support is adapted once, whoever asks in whatever micro-batch. */
  private static void assertMetrics(
      JobMetrics metrics, OddLog odd, Collection<byte[]> predictions) {
    long queries = predictions.size();
    long supports =
        predictions.stream()
            .map(JobOnKafkaTest::decoded)
            .map(p -> p.task() + " " + p.supportDigest())
            .distinct()
            .count();
    String lineage = "lineage." + TestReleases.LINEAGE + ".";
    long tooMany = odd.refused(RejectionReason.TOO_MANY_LABELS);
    long noToken = odd.refused(RejectionReason.EMPTY_TEXT);
    for (String scope : List.of("", lineage)) {
      assertThat(metrics.count("adapt", scope + "predictions")).isEqualTo(queries);
      assertThat(metrics.count("adapt", scope + "adaptations")).isEqualTo(supports);
      assertThat(metrics.count("adapt", scope + "cacheHits")).isEqualTo(queries - supports);
      assertThat(metrics.count("adapt", scope + "cacheMisses")).isEqualTo(supports);
      assertThat(metrics.count("adapt", scope + "rejected")).isEqualTo(tooMany);
      assertThat(metrics.count("encode", scope + "rejected")).isEqualTo(noToken);
    }
    long whenStamped = odd.refused().size() - tooMany - noToken;
    long undecodable = odd.refused(RejectionReason.UNDECODABLE);
    long unknownLineage = odd.refused(RejectionReason.UNKNOWN_LINEAGE);
    assertThat(metrics.count("stamp", "rejected")).isEqualTo(whenStamped);
    assertThat(metrics.count("stamp", "reason.UNDECODABLE.rejected")).isEqualTo(undecodable);
    assertThat(metrics.count("stamp", lineage + "rejected"))
        .isEqualTo(whenStamped - undecodable - unknownLineage);
    assertThat(metrics.names()).as("whoever sends names no metric").noneMatch(OddLog::isUnknown);
    assertTimes(metrics);
  }

  private static void assertTimes(JobMetrics metrics) {
    long batches = metrics.count("adapt", "batches");
    assertThat(metrics.values("adapt", "batchEvents")).isEqualTo(batches);
    assertThat(metrics.values("adapt", "batchMicros")).isEqualTo(batches);
    assertThat(metrics.values("adapt", "adaptMicros")).isBetween(1L, batches);
    assertThat(metrics.largest("adapt", "adaptMicros"))
        .isPositive()
        .isLessThanOrEqualTo(metrics.largest("adapt", "batchMicros"));
  }

  private void runIntoFailures(Delivery delivery, AdaptOperator operator) throws Exception {
    submit(new AdaptationJob(config(delivery, 2), new WordEncoder.Factory(), operator), env());
    PacedHistory history = new PacedHistory(kafka, GeneratedLog.endless(7, both));
    history.appendThroughFailures(FAILURES);
    history.append(PIECES_AFTER_FAILURES);
  }

  private long answered(String query) {
    return predictions().values().stream()
        .filter(copies -> decoded(copies.get(0)).query().equals(query))
        .count();
  }

  private JobClient submit(AdaptationJob job, StreamExecutionEnvironment env) throws Exception {
    return jobs.add(job.submit(env));
  }

  private AdaptationJob job(int parallelism) {
    return new AdaptationJob(
        config(Delivery.AT_LEAST_ONCE, parallelism), new WordEncoder.Factory());
  }

  private String stopWithSavepoint(JobClient job) throws Exception {
    return job.stopWithSavepoint(
            false, directory.resolve("savepoint").toUri().toString(), SavepointFormatType.CANONICAL)
        .get();
  }

  private static StreamExecutionEnvironment envFrom(String savepoint) {
    StreamExecutionEnvironment env = env();
    Configuration restore = new Configuration();
    restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    env.configure(restore);
    return env;
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
        3_000,
        1 << 20);
  }

  private SortedMap<Position, byte[]> replay() {
    return replay(kafka.read());
  }

  private SortedMap<Position, byte[]> replay(Collection<LoggedEvent> log) {
    try (PlainReplay replay = new PlainReplay(both)) {
      return replay.run(
          log.stream().sorted(Comparator.comparing(JobOnKafkaTest::position)).toList());
    }
  }

  private Map<Position, List<byte[]>> awaitAll(Map<Position, byte[]> expected) throws Exception {
    Patience.await("every query answered", () -> predictions().size() >= expected.size());
    jobs.end();
    return predictions();
  }

  /** Two of each partition, so that the fence lies between queries everywhere. */
  private void awaitPredictionsOfEpochs(long first, long last) throws Exception {
    Patience.await(
        "predictions of epochs " + first + " to " + last,
        () -> {
          Map<Integer, Long> byPartition =
              predictions().values().stream()
                  .map(copies -> decoded(copies.get(0)))
                  .filter(p -> p.epoch() >= first && p.epoch() <= last)
                  .collect(Collectors.groupingBy(Prediction::partition, Collectors.counting()));
          return byPartition.size() == GeneratedLog.PARTITIONS
              && byPartition.values().stream().allMatch(n -> n >= 2);
        });
  }

  private static Position position(LoggedEvent logged) {
    return new Position(logged.partition(), logged.offset());
  }

  private static Position positionOfOriginal(ConsumerRecord<byte[], byte[]> rejected) {
    return new Position(
        Integer.parseInt(header(rejected, RejectionHeaders.PARTITION)),
        Long.parseLong(header(rejected, RejectionHeaders.OFFSET)));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static List<String> described(List<Refused> refused) {
    return refused.stream()
        .map(
            r ->
                r.reason()
                    + " "
                    + Arrays.toString(r.event().key())
                    + Arrays.toString(r.event().value()))
        .sorted()
        .toList();
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

  private void assertAnswersAsTheReplayDoes(int copiesMax) throws Exception {
    SortedMap<Position, byte[]> expected = replay();
    assertThat(expected).hasSizeGreaterThan(100);
    assertSameBytes(awaitAll(expected), expected, copiesMax);
  }

  private static void assertSameBytes(
      Map<Position, List<byte[]>> predictions,
      SortedMap<Position, byte[]> expected,
      int copiesMax) {
    assertThat(predictions.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (position, bytes) ->
            assertThat(predictions.getOrDefault(position, List.of()))
                .as("predictions of the query at %s", position)
                .hasSizeBetween(1, copiesMax)
                .allSatisfy(copy -> assertThat(copy).isEqualTo(bytes)));
  }
}

package dev.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.release.Release;
import dev.freshet.job.adapt.AdaptOptions;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.testing.GeneratedReaderLog;
import dev.freshet.job.testing.KafkaLog;
import dev.freshet.job.testing.LogBuilder;
import dev.freshet.job.testing.Patience;
import dev.freshet.job.testing.PlainReaderReplay;
import dev.freshet.job.testing.PlainReplay.Position;
import dev.freshet.job.testing.ReaderReleases;
import dev.freshet.job.testing.RunningJobs;
import dev.freshet.job.testing.WordEncoder;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Features.ItemFeatures;
import dev.freshet.schemas.ItemDescribed;
import dev.freshet.schemas.ItemFilter;
import dev.freshet.schemas.ItemsChanged;
import dev.freshet.schemas.ItemsChanged.ItemState;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
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

/** What is said of items goes round through the real log, and answers follow from the log alone. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ReadersOnKafkaTest {
  private static final String LINEAGE = ReaderReleases.LINEAGE;
  private static final int PARTITIONS = GeneratedReaderLog.PARTITIONS;
  private static final int FAILURES = 3;
  private static final int VERSIONS_MIN = 6;
  private static final int PIECES_AFTER_VERSIONS = 5;
  private static final RecordCodec<Prediction> PREDICTIONS = RecordCodec.predictions();
  private static final TaskEventCodec EVENTS = new TaskEventCodec();

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
  private Release release;
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
    release = new ReaderReleases(directory.resolve("releases")).write("one", 1);
    kafka = new KafkaLog(directory.resolve("kafka"), PARTITIONS);
    kafka.catalogue(release);
    kafka.activate(ReaderReleases.fence(release, 1));
  }

  @AfterEach
  void endJobsAndBroker() throws Exception {
    try {
      jobs.end();
    } finally {
      kafka.close();
    }
  }

  /**
   * Versions of the table may be written twice and in other places; the log says where they are.
   */
  @Test
  void answersFollowFromTheLogThroughFailures() throws Exception {
    AdaptOptions options =
        new AdaptOptions(
            directory.resolve("releases").toString(),
            dev.freshet.adaptation.runtime.Device.CPU,
            40,
            20,
            1 << 20);
    jobs.add(
        new AdaptationJob(config(), new WordEncoder.Factory(), new FailingOperator(options))
            .submit(env()));
    sayThroughFailuresAndVersions();

    long queries =
        kafka.read().stream().filter(logged -> decoded(logged) instanceof QueryAsked).count();
    Patience.await("every query answered", () -> predictions().size() >= queries);
    Patience.await("statistics as a plain count has them", this::statisticsAreExact);
    jobs.end();

    SortedMap<Position, byte[]> expected;
    try (PlainReaderReplay replay = new PlainReaderReplay(List.of(release))) {
      expected = replay.run(inOrder());
    }
    SortedMap<Position, byte[]> actual = predictions();
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((place, bytes) -> assertThat(actual.get(place)).isEqualTo(bytes));
    assertThat(actual.values().stream().map(this::itemTable).distinct().count())
        .as("tables asked")
        .isGreaterThan(3);
  }

  /** Failures fall between the events, then versions of the table. */
  private void sayThroughFailuresAndVersions() throws Exception {
    PacedHistory history = new PacedHistory(kafka, said(7));
    history.appendThroughFailures(FAILURES);
    Set<Long> newest = new HashSet<>();
    Patience.await(
        "versions between the events",
        () -> {
          newest.add(versions().stream().mapToLong(ItemsChanged::version).max().orElse(0));
          history.append();
          return newest.size() >= VERSIONS_MIN;
        });
    history.append(PIECES_AFTER_VERSIONS);
  }

  private List<LoggedEvent> inOrder() {
    return kafka.read().stream()
        .sorted(Comparator.comparing(logged -> new Position(logged.partition(), logged.offset())))
        .toList();
  }

  /** Neither lost nor counted twice, whatever failed in between. */
  private boolean statisticsAreExact() throws Exception {
    try (PlainReaderReplay replay = new PlainReaderReplay(List.of(release))) {
      replay.run(inOrder());
      for (int i = 0; i < ReaderReleases.ITEMS; i++) {
        long expected = replay.counts().getOrDefault("item-" + i, 0L);
        long written = last("item-" + i).map(ItemState::count).orElse(0L);
        if (written != expected) {
          return false;
        }
      }
      return true;
    }
  }

  @Test
  void aNewItemIsRecommendedAndAWithdrawnOneIsNot() throws Exception {
    submit();
    ItemFilter onlyNew = new ItemFilter(false, false, List.of("genre:even", "festival"));
    append(new ItemDescribed(LINEAGE, "premiere", Optional.of(List.of("festival")), true));
    Patience.await("the new item among the best", () -> top("u", onlyNew).contains("premiere"));

    append(new ItemDescribed(LINEAGE, "premiere", Optional.empty(), false));
    Patience.await("the withdrawn item gone", () -> !top("u", onlyNew).contains("premiere"));
    jobs.end();
  }

  @Test
  void examplesCountUntilTheyAreRetractedCorrectedOrTheirTaskIsClosed() throws Exception {
    submit();
    append(
        example("u1", "e1", "item-3", 5),
        example("u1", "e2", "item-3", 4),
        example("u2", "e1", "item-3", 1),
        example("u3", "e1", "item-3", 2),
        new ExampleRetracted(LINEAGE, "u1", "e2"),
        example("u2", "e1", "item-4", 1),
        new TaskClosed(LINEAGE, "u3"));

    Patience.await("one example left", () -> count("item-3") == 1 && count("item-4") == 1);
    jobs.end();
    assertThat(last("item-3").orElseThrow().sum()).isEqualTo(5);
  }

  @Test
  void aNewcomerBeginsFromWhatTheSegmentSaysAndItsExamplesCountOnce() throws Exception {
    submit();
    append(new TaskOpened(LINEAGE, "night", List.of(), Optional.empty(), Optional.empty(), true));
    for (int i = 0; i < 4; i++) {
      append(example("night", "a" + i, "item-1", 5), example("night", "b" + i, "item-2", 1));
    }
    Patience.await(
        "the segment has spoken",
        () ->
            versions().stream()
                .flatMap(version -> version.segments().stream())
                .anyMatch(segment -> segment.rows().size() == 2));
    append(
        new TaskOpened(LINEAGE, "new", List.of(), Optional.empty(), Optional.of("night"), false),
        new QueryAsked(LINEAGE, "new", "q1", new ItemFeatures("item-5")));

    Patience.await("the newcomer answered", () -> prediction("q1").isPresent());
    jobs.end();
    assertThat(prediction("q1").orElseThrow().basis()).isEqualTo(Prediction.Basis.SEGMENT);
    assertThat(prediction("q1").orElseThrow().supportSize()).isZero();
    assertThat(last("item-1")).as("the segment's examples are not counted").isEmpty();
  }

  private void submit() throws Exception {
    jobs.add(new AdaptationJob(config(), new WordEncoder.Factory()).submit(env()));
  }

  /** A generated history without the versions of the table: here the job writes them itself. */
  private Stream<LoggedEvent> said(long seed) {
    return GeneratedReaderLog.endless(seed, List.of(release))
        .filter(logged -> decoded(logged) instanceof TaskEvent.OfTask);
  }

  private static ExampleAdded example(String task, String id, String item, double value) {
    return new ExampleAdded(
        LINEAGE, task, id, new ItemFeatures(item), new Target.NumberTarget(value));
  }

  private void append(TaskEvent... events) throws Exception {
    LogBuilder log = new LogBuilder(PARTITIONS);
    for (TaskEvent event : events) {
      if (event instanceof ItemDescribed described) {
        byte[] key = described.key().bytes();
        log.append(described.key().partition(PARTITIONS), key, EVENTS.encode(described));
      } else {
        log.add((TaskEvent.OfTask) event);
      }
    }
    kafka.append(log.log());
  }

  private int asked;

  /** Asks, and waits for the answer. */
  private List<String> top(String task, ItemFilter filter) throws Exception {
    String id = "top-" + asked++;
    append(
        new QueryAsked(
            LINEAGE,
            task,
            id,
            Optional.empty(),
            List.of(),
            List.of(),
            OptionalInt.of(100),
            Optional.of(filter),
            Optional.empty()));
    Patience.await("an answer to " + id, () -> prediction(id).isPresent());
    return prediction(id).orElseThrow().answers().get(0).scores().stream()
        .map(score -> ((Target.ItemTarget) score.target()).item())
        .toList();
  }

  private Optional<Prediction> prediction(String query) throws Exception {
    for (byte[] value : predictions().values()) {
      Prediction prediction = PREDICTIONS.decode(value);
      if (prediction.query().equals(query)) {
        return Optional.of(prediction);
      }
    }
    return Optional.empty();
  }

  private String itemTable(byte[] prediction) {
    try {
      return PREDICTIONS.decode(prediction).itemTable().orElseThrow();
    } catch (dev.freshet.schemas.UndecodableException e) {
      throw new AssertionError(e);
    }
  }

  private SortedMap<Position, byte[]> predictions() throws Exception {
    SortedMap<Position, byte[]> byPosition = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.records(Topics.PREDICTIONS)) {
      Prediction prediction = PREDICTIONS.decode(record.value());
      byte[] before =
          byPosition.putIfAbsent(
              new Position(prediction.partition(), prediction.offset()), record.value());
      assertThat(before == null ? record.value() : before)
          .as("a prediction that was written again")
          .isEqualTo(record.value());
    }
    return byPosition;
  }

  private List<ItemsChanged> versions() {
    return kafka.read().stream()
        .map(ReadersOnKafkaTest::decoded)
        .filter(ItemsChanged.class::isInstance)
        .map(ItemsChanged.class::cast)
        .toList();
  }

  private Optional<ItemState> last(String item) {
    return versions().stream()
        .sorted(Comparator.comparingLong(ItemsChanged::version))
        .flatMap(version -> version.items().stream())
        .filter(state -> state.item().equals(item))
        .reduce((first, second) -> second);
  }

  private long count(String item) {
    return last(item).map(ItemState::count).orElse(-1L);
  }

  private static TaskEvent decoded(LoggedEvent logged) {
    try {
      return EVENTS.decode(Objects.requireNonNull(logged.value()));
    } catch (dev.freshet.schemas.UndecodableException e) {
      throw new AssertionError(e);
    }
  }

  private static StreamExecutionEnvironment env() {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 5);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
  }

  private JobConfig config() {
    return JobConfig.parse(
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "releases.dir", directory.resolve("releases").toString(),
            "device", "cpu",
            "parallelism", "2",
            "state.backend", "heap",
            "checkpoint.dir", directory.resolve("checkpoints").toUri().toString(),
            "checkpoint.interval-ms", "150"));
  }
}

package dev.freshet.job.stamp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.runtime.SupportSet;
import dev.freshet.encoders.TextEncoder;
import dev.freshet.job.encode.EncoderFactory;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.RejectedEvent;
import dev.freshet.job.log.ReleaseStamp;
import dev.freshet.job.log.Stamped;
import dev.freshet.job.log.StampedEvent;
import dev.freshet.job.testing.LogBuilder;
import dev.freshet.job.testing.Pipeline;
import dev.freshet.job.testing.TestReleases;
import dev.freshet.job.testing.WordEncoder;
import dev.freshet.schemas.Candidate;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RejectionReason;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.TaskKey;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What bad input gets, and where a release takes effect. */
class StampFunctionTest {
  private static final int PARTITIONS = 4;
  private static final String LINEAGE = TestReleases.LINEAGE;
  private static final TaskKey TOYS = new TaskKey(LINEAGE, "toys");
  private static final int HOME = TOYS.partition(PARTITIONS);
  private static final TaskEventCodec CODEC = new TaskEventCodec();
  private static final Target CARS = new Target.LabelTarget("cars");
  private static final Features TEXT = new Features.TextFeatures("red car");

  @TempDir Path directory;
  private TestReleases releases;
  private Release first;
  private OneInputStreamOperatorTestHarness<LoggedEvent, Stamped> stamping;

  @BeforeEach
  void activateFirstRelease() throws Exception {
    releases = new TestReleases(directory);
    first = releases.write("first", 4);
    stamping = Pipeline.stamping(directory, PARTITIONS);
    feed(new LogBuilder(PARTITIONS).fence(TestReleases.fence(first, 1)));
  }

  @AfterEach
  void close() throws Exception {
    stamping.close();
  }

  static Stream<Arguments> refused() {
    byte[] good = CODEC.encode(new ExampleAdded(LINEAGE, "toys", "e", TEXT, CARS));
    byte[] oversized = new byte[Topics.EVENT_BYTES_MAX + 1];
    float[] nan = new float[8];
    nan[3] = Float.NaN;
    float[] huge = new float[8];
    huge[2] = Math.nextUp(EventCheck.MAGNITUDE_MAX);
    float[] infinite = new float[8];
    infinite[7] = Float.NEGATIVE_INFINITY;
    return Stream.of(
        bytes(RejectionReason.UNDECODABLE, "cut short", Arrays.copyOf(good, good.length - 3)),
        bytes(RejectionReason.UNDECODABLE, "neither Avro", "hello".getBytes(UTF_8)),
        bytes(RejectionReason.UNDECODABLE, "empty", new byte[0]),
        bytes(RejectionReason.UNDECODABLE, "broken JSON", "{\"type\":".getBytes(UTF_8)),
        bytes(RejectionReason.UNKNOWN_SCHEMA, "no version", foreignSchema()),
        bytes(
            RejectionReason.INVALID_EVENT,
            "unknown field 'x'",
            "{\"type\":\"TaskClosed\",\"lineage\":\"c\",\"task\":\"t\",\"x\":1}".getBytes(UTF_8)),
        bytes(RejectionReason.UNDECODABLE, "broken JSON", new byte[] {'{', 0, 0, 0, -1, -1}),
        bytes(RejectionReason.OVERSIZED, "524289 bytes", oversized),
        event(RejectionReason.TOO_MANY_LABELS, "names 1025 labels", labels(1_025)),
        event(RejectionReason.FOREIGN_KEY, "expected", new TaskClosed(LINEAGE, "other")),
        event(
            RejectionReason.WRONG_DIMENSION,
            "dimension 3, expected 8",
            query(new Features.VectorFeatures(1, 2, 3))),
        event(
            RejectionReason.WRONG_ENCODER,
            "'other', expected 'words-8'",
            query(new Features.VectorFeatures(new float[8], Optional.of("other")))),
        event(RejectionReason.NON_FINITE, "component 3", query(new Features.VectorFeatures(nan))),
        event(RejectionReason.NON_FINITE, "component 2", query(new Features.VectorFeatures(huge))),
        event(
            RejectionReason.NON_FINITE,
            "component 7",
            new ExampleAdded(LINEAGE, "toys", "e", new Features.VectorFeatures(infinite), CARS)),
        event(RejectionReason.EMPTY_TEXT, "empty", query(new Features.TextFeatures(" \n"))),
        event(RejectionReason.UNSUPPORTED_FEATURES, "items", query(new Features.ItemFeatures("i"))),
        event(
            RejectionReason.UNSUPPORTED_FEATURES,
            "ranks no candidates",
            new QueryAsked(
                LINEAGE,
                "toys",
                "q",
                Optional.of(TEXT),
                List.of(),
                List.of(new Candidate("i", Optional.empty())),
                OptionalInt.empty())),
        event(
            RejectionReason.UNSUPPORTED_FEATURES,
            "parent",
            new TaskOpened(LINEAGE, "toys", List.of(), Optional.empty(), Optional.of("p"))),
        event(
            RejectionReason.UNSUPPORTED_TARGET,
            "learns labels",
            new OutcomeObserved(LINEAGE, "toys", "q", new Target.NumberTarget(3))),
        event(
            RejectionReason.UNKNOWN_HEAD,
            "no head 'rank'",
            new QueryAsked(
                LINEAGE,
                "toys",
                "q",
                Optional.of(TEXT),
                List.of("rank"),
                List.of(),
                OptionalInt.empty())));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refused")
  void keepsTheBytesOfWhatItRefusesAndSaysWhy(RejectionReason reason, String words, byte[] value)
      throws Exception {
    LoggedEvent logged = new LoggedEvent(HOME, 7, 99, TOYS.bytes(), value);

    stamping.processElement(logged, 0);

    assertThat(stamping.extractOutputValues()).isEmpty();
    RejectedEvent rejected = rejections().get(0);
    assertThat(rejected.reason()).isEqualTo(reason);
    assertThat(rejected.message()).contains(words);
    assertThat(rejected.logged().value()).isSameAs(value);
    assertThat(rejected.logged().key()).isEqualTo(TOYS.bytes());
    assertThat(rejected.logged().offset()).isEqualTo(7);
  }

  @Test
  void takesTheLargestVectorThatTheRuntimeTakes() throws Exception {
    float[] largest = new float[8];
    Arrays.fill(largest, EventCheck.MAGNITUDE_MAX);

    feed(new LogBuilder(PARTITIONS).add(query(new Features.VectorFeatures(largest))));

    assertThat(stamping.extractOutputValues()).hasSize(1);
    SupportSet.Builder support = SupportSet.builder(8, 1);
    assertThat(support.example(0, largest).build().examples()).isOne();
    largest[0] = Math.nextUp(largest[0]);
    assertThatThrownBy(() -> support.example(0, largest)).hasMessageContaining("at most");
  }

  @Test
  void refusesARecordWithoutKeyOrInAForeignPartition() throws Exception {
    byte[] value = CODEC.encode(query(TEXT));

    stamping.processElement(new LoggedEvent(HOME, 1, 0, null, value), 0);
    stamping.processElement(new LoggedEvent((HOME + 1) % PARTITIONS, 2, 0, TOYS.bytes(), value), 0);

    assertThat(rejections())
        .extracting(RejectedEvent::reason)
        .containsExactly(RejectionReason.FOREIGN_KEY, RejectionReason.WRONG_PARTITION);
  }

  @Test
  void refusesALineageThatNoFenceHasActivated() throws Exception {
    feed(new LogBuilder(PARTITIONS).add(new TaskClosed("readers", "user-1")));

    assertThat(rejections())
        .singleElement()
        .extracting(RejectedEvent::reason)
        .isEqualTo(RejectionReason.UNKNOWN_LINEAGE);
  }

  @Test
  void stampsWithTheReleaseInForceAtThePositionInThePartition() throws Exception {
    Release second = releases.write("second", 9);
    TaskKey elsewhere =
        Stream.iterate(0, i -> i + 1)
            .map(i -> new TaskKey(LINEAGE, "task-" + i))
            .filter(key -> key.partition(PARTITIONS) != HOME)
            .findFirst()
            .orElseThrow();
    LogBuilder log =
        new LogBuilder(PARTITIONS)
            .add(query(TEXT))
            .append(HOME, LINEAGE.getBytes(UTF_8), CODEC.encode(TestReleases.fence(second, 2)))
            .add(query(TEXT), new QueryAsked(LINEAGE, elsewhere.task(), "q", TEXT));

    feed(log);

    assertThat(stamping.extractOutputValues())
        .extracting(event -> stamp(event).release())
        .containsExactly("first", "second", "first");
  }

  @Test
  void ignoresAFenceThatDoesNotExceedTheEpochInForce() throws Exception {
    Release second = releases.write("second", 9);

    feed(new LogBuilder(PARTITIONS).fence(TestReleases.fence(second, 1)).add(query(TEXT)));

    assertThat(stamping.extractOutputValues())
        .extracting(event -> stamp(event).release())
        .containsExactly("first");
  }

  /** State holds vectors of one encoder and targets of one kind; a swap must not change them. */
  @ParameterizedTest
  @CsvSource({"16, words-8", "8, words-16"})
  void keepsServingTheReleaseBeforeOneOfAnotherEncoder(int features, String encoder)
      throws Exception {
    Release other = releases.write("second", 9, features, encoder);

    feed(new LogBuilder(PARTITIONS).fence(TestReleases.fence(other, 2)).add(query(TEXT)));

    assertThat(stamping.extractOutputValues())
        .extracting(event -> stamp(event).release())
        .containsExactly("first");
    assertThat(rejections())
        .hasSize(PARTITIONS)
        .allSatisfy(
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(RejectionReason.RELEASE_REFUSED);
              assertThat(rejected.message())
                  .contains("cannot take over the tasks", "another lineage", "Serving on: first");
            });
  }

  /** Its files are in order, and every text would fail the job. */
  @Test
  void refusesAFirstReleaseThatExpectsOtherVectorsThanItsEncoderMakes() throws Exception {
    Release wrong = releases.write("wrong", 9, 16, WordEncoder.ID);
    try (var fresh = Pipeline.stamping(directory, PARTITIONS)) {
      LogBuilder log =
          new LogBuilder(PARTITIONS).fence(TestReleases.fence(wrong, 1)).add(query(TEXT));
      for (LoggedEvent event : log.log()) {
        fresh.processElement(event, 0);
      }

      assertThat(fresh.extractOutputValues()).isEmpty();
      assertThat(fresh.getSideOutput(RejectedEvent.TAG))
          .extracting(rejected -> rejected.getValue().message())
          .first()
          .asString()
          .contains("expects 16 features of encoder 'words-8', which makes 8");
    }
  }

  @Test
  void knowsTheLengthOfMiniLmsVectorsWithoutLoadingIt() {
    EncoderFactory factory = EncoderFactory.miniLm();
    try (TextEncoder encoder = factory.create()) {
      assertThat(factory.dimension()).isEqualTo(encoder.dimension());
      assertThat(factory.id()).isEqualTo(encoder.id());
    }
  }

  /** A digest known from another fence must not vouch for a name that it does not belong to. */
  @Test
  void refusesAFenceThatGivesAKnownDigestAnotherNameOrLineage() throws Exception {
    Files.createDirectories(releases.path("copy"));
    try (Stream<Path> files = Files.list(releases.path("first"))) {
      for (Path file : files.toList()) {
        Files.copy(file, releases.path("copy").resolve(file.getFileName()));
      }
    }

    feed(
        new LogBuilder(PARTITIONS)
            .fence(new ReleaseActivated(LINEAGE, "nowhere", first.digest(), 2))
            .fence(new ReleaseActivated(LINEAGE, "copy", first.digest(), 3))
            .fence(new ReleaseActivated("readers", "first", first.digest(), 1))
            .add(query(TEXT), new TaskClosed("readers", "user-1")));

    assertThat(stamping.extractOutputValues())
        .extracting(event -> stamp(event).release() + "/" + stamp(event).epoch())
        .containsExactly("first/1");
    assertThat(rejections())
        .hasSize(3 * PARTITIONS + 1)
        .filteredOn(rejected -> rejected.reason() == RejectionReason.RELEASE_REFUSED)
        .hasSize(3 * PARTITIONS);
  }

  /** The message quotes what was sent, and goes into a header of a record with a limit. */
  @Test
  void cutsItsWordsWhereTheyQuoteALargeRecord() throws Exception {
    byte[] key = new byte[900_000];
    Arrays.fill(key, (byte) 0xFF);

    stamping.processElement(new LoggedEvent(HOME, 1, 0, key, CODEC.encode(query(TEXT))), 0);

    assertThat(rejections().get(0).message()).hasSizeLessThan(1_100).startsWith("the key is '");
    assertThat(rejections().get(0).logged().key()).isSameAs(key);
  }

  enum Damage {
    TRUNCATED,
    FLIPPED,
    MISSING,
    SWAPPED,
    HARD_LINKED,
    WRONG_DIGEST
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.EnumSource(Damage.class)
  void keepsServingTheReleaseBeforeADamagedOne(Damage damage) throws Exception {
    Release second = releases.write("second", 9);
    ReleaseActivated fence = damaged(damage, second);

    feed(new LogBuilder(PARTITIONS).fence(fence).add(query(TEXT)));

    assertThat(stamping.extractOutputValues())
        .extracting(event -> stamp(event).release())
        .containsExactly("first");
    assertThat(rejections())
        .hasSize(PARTITIONS)
        .allSatisfy(
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(RejectionReason.RELEASE_REFUSED);
              assertThat(rejected.message()).contains("Serving on: first");
            });
  }

  private ReleaseActivated damaged(Damage damage, Release second) throws Exception {
    Path adapt = releases.path("second").resolve(Release.ADAPT_FILE);
    byte[] bytes = Files.readAllBytes(adapt);
    switch (damage) {
      case TRUNCATED -> Files.write(adapt, Arrays.copyOf(bytes, bytes.length / 2));
      case FLIPPED -> {
        bytes[bytes.length / 3] ^= 4;
        Files.write(adapt, bytes);
      }
      case MISSING -> Files.delete(adapt);
      case SWAPPED ->
          Files.copy(
              releases.path("second").resolve(Release.PREDICT_FILE),
              adapt,
              java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      case HARD_LINKED -> Files.createLink(directory.resolve("link"), adapt);
      case WRONG_DIGEST -> {
        return new ReleaseActivated(LINEAGE, "second", "0".repeat(64), 2);
      }
    }
    return TestReleases.fence(second, 2);
  }

  @Test
  void remembersTheReleaseInForceAcrossARestoreOnAnyNumberOfSubtasks() throws Exception {
    Release second = releases.write("second", 9);
    feed(new LogBuilder(PARTITIONS).fence(TestReleases.fence(second, 2)));
    OperatorSubtaskState stale;
    try (var other = Pipeline.stamping(directory, PARTITIONS)) {
      for (LoggedEvent event :
          new LogBuilder(PARTITIONS).fence(TestReleases.fence(first, 1)).log()) {
        other.processElement(event, 0);
      }
      stale = other.snapshot(1, 1);
    }
    OperatorSubtaskState current = stamping.snapshot(1, 1);
    OperatorSubtaskState both =
        org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness.repackageState(
            stale, current);

    try (var restored =
        new OneInputStreamOperatorTestHarness<LoggedEvent, Stamped>(
            new org.apache.flink.streaming.api.operators.ProcessOperator<>(
                new StampFunction(
                    directory.toString(), Device.CPU, PARTITIONS, new WordEncoder.Factory())),
            1,
            1,
            0)) {
      restored.initializeState(both);
      restored.open();
      for (LoggedEvent event : new LogBuilder(PARTITIONS).add(query(TEXT)).log()) {
        restored.processElement(event, 0);
      }

      assertThat(restored.extractOutputValues())
          .extracting(event -> stamp(event).epoch())
          .containsExactly(2L);
    }
  }

  @Test
  void doesNotGoOnFromACheckpointWhoseReleaseIsGone() throws Exception {
    OperatorSubtaskState snapshot = stamping.snapshot(1, 1);
    Files.delete(releases.path("first").resolve(Release.PREDICT_FILE));

    try (var restored =
        new OneInputStreamOperatorTestHarness<LoggedEvent, Stamped>(
            new org.apache.flink.streaming.api.operators.ProcessOperator<>(
                new StampFunction(
                    directory.toString(), Device.CPU, PARTITIONS, new WordEncoder.Factory())),
            1,
            1,
            0)) {
      restored.initializeState(snapshot);

      assertThatThrownBy(restored::open).hasMessageContaining("Put its files back");
    }
  }

  private void feed(LogBuilder log) throws Exception {
    for (LoggedEvent event : log.log()) {
      stamping.processElement(event, 0);
    }
  }

  private List<RejectedEvent> rejections() {
    var queue = stamping.getSideOutput(RejectedEvent.TAG);
    return queue == null
        ? List.of()
        : queue.stream()
            .map(org.apache.flink.streaming.runtime.streamrecord.StreamRecord::getValue)
            .toList();
  }

  private static TaskOpened labels(int count) {
    return new TaskOpened(
        LINEAGE,
        "toys",
        IntStream.range(0, count).mapToObj(i -> new Label("l" + i, "name " + i)).toList());
  }

  private static QueryAsked query(Features features) {
    return new QueryAsked(LINEAGE, "toys", "q", features);
  }

  private static Arguments event(RejectionReason reason, String words, TaskEvent event) {
    return bytes(reason, words, CODEC.encode(event));
  }

  private static Arguments bytes(RejectionReason reason, String words, byte[] value) {
    return Arguments.of(reason, words, value);
  }

  /** The two marker bytes of Avro, and a fingerprint that nobody has. */
  private static byte[] foreignSchema() {
    byte[] bytes = CODEC.encode(new TaskClosed(LINEAGE, "toys"));
    bytes[5] ^= 1;
    return bytes;
  }

  private static ReleaseStamp stamp(Stamped event) {
    return ((StampedEvent) event).stamp();
  }
}

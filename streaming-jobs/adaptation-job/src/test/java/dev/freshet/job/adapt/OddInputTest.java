package dev.freshet.job.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.RejectedEvent;
import dev.freshet.job.log.Stamped;
import dev.freshet.job.sink.PredictionRecord;
import dev.freshet.job.testing.LogBuilder;
import dev.freshet.job.testing.Pipeline;
import dev.freshet.job.testing.TestReleases;
import dev.freshet.job.testing.WordEncoder;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.RejectionReason;
import dev.freshet.schemas.SupportPolicy;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a producer can write ends in a prediction, a change or a rejection; never in a fault.
 */
class OddInputTest {
  private static final String LINEAGE = TestReleases.LINEAGE;
  private static final RecordCodec<Prediction> CODEC = RecordCodec.predictions();
  private static final List<String> HEADS =
      List.of("label", Prediction.UNADAPTED, Prediction.PROTOTYPE);
  private static final Features ZERO = new Features.VectorFeatures(new float[8]);

  @TempDir Path directory;
  private List<Release> releases = List.of();

  @BeforeEach
  void writeReleases() {
    TestReleases test = new TestReleases(directory);
    releases = List.of(test.write("cool", 4), test.write("hot", 20));
  }

  /** A list of labels that fits into the log need not fit into an answer, three times over. */
  @Test
  void refusesAQueryWhosePredictionNoTopicTakesAndAnswersAShorterOne() throws Exception {
    List<TaskEvent.OfTask> events = new ArrayList<>();
    events.add(opened(List.of(), SupportPolicy.DEFAULT.withLabelsMax(1_024)));
    for (int part = 0; part < 4; part++) {
      events.add(opened(longLabels(256 * part, 256), null));
    }
    events.add(query("all", HEADS, OptionalInt.empty()));
    events.add(query("best", HEADS, OptionalInt.of(10)));

    Outcome outcome = run(new LogBuilder(1).fence(TestReleases.fence(releases.get(0), 1)), events);

    assertThat(outcome.predictions())
        .singleElement()
        .extracting(Prediction::query)
        .isEqualTo("best");
    assertThat(outcome.rejections())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(RejectionReason.OVERSIZED);
              assertThat(rejected.message())
                  .contains("at most " + Topics.PREDICTION_BYTES_MAX, "give topK");
            });
  }

  @Test
  void namesTheLimitOfThePolicyThatIsBroken() throws Exception {
    Outcome outcome =
        run(
            new LogBuilder(1).fence(TestReleases.fence(releases.get(0), 1)),
            List.of(
                opened(longLabels(0, 3), null),
                opened(List.of(), SupportPolicy.DEFAULT.withLabelsMax(2))));

    assertThat(outcome.rejections())
        .singleElement()
        .satisfies(rejected -> assertThat(rejected.message()).contains("may have 2 labels"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyQueryOfAnOddHistoryIsAnsweredWithNumbers(long seed) throws Exception {
    Random random = new Random(seed);
    LogBuilder log = new LogBuilder(1).fence(TestReleases.fence(releases.get(0), 1));
    List<TaskEvent.OfTask> events = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      events.add(odd(random, i));
    }

    Outcome outcome = run(log, events);

    long asked = events.stream().filter(QueryAsked.class::isInstance).count();
    assertThat(outcome.predictions()).hasSize((int) asked);
    assertThat(outcome.predictions())
        .flatExtracting(Prediction::answers)
        .flatExtracting(Prediction.Answer::scores)
        .allSatisfy(score -> assertThat(score.score()).isBetween(0.0, 1.0001));
    assertThat(outcome.rejections())
        .allSatisfy(r -> assertThat(r.reason()).isEqualTo(RejectionReason.TOO_MANY_LABELS));
  }

  private record Outcome(List<Prediction> predictions, List<RejectedEvent> rejections) {}

  private Outcome run(LogBuilder log, List<TaskEvent.OfTask> events) throws Exception {
    AdaptOptions options = new AdaptOptions(directory.toString(), Device.CPU, 64, 3, 1 << 20);
    List<LoggedEvent> written = log.add(events.toArray(TaskEvent.OfTask[]::new)).log();
    try (KeyedOneInputStreamOperatorTestHarness<String, Stamped, PredictionRecord> harness =
        ReplayTest.harness(new AdaptOperator(options), "heap")) {
      harness.open();
      for (Stamped event : Pipeline.stampedAndEncoded(written, directory, 1)) {
        harness.processElement(event, 0);
      }
      harness.prepareSnapshotPreBarrier(1);
      List<Prediction> predictions = new ArrayList<>();
      for (PredictionRecord record : harness.extractOutputValues()) {
        predictions.add(CODEC.decode(record.value()));
      }
      var rejected = harness.getSideOutput(RejectedEvent.TAG);
      return new Outcome(
          predictions,
          rejected == null
              ? List.of()
              : rejected.stream()
                  .map(org.apache.flink.streaming.runtime.streamrecord.StreamRecord::getValue)
                  .toList());
    }
  }

  private static TaskEvent.OfTask odd(Random random, int i) {
    String task = random.nextBoolean() ? "toys" : "t\u00e9\ud83d\ude00/ /%s";
    String label = List.of("a", "%d{}", "\ud83d\ude00", "a/b", "'\"\\").get(random.nextInt(5));
    String id = "e" + random.nextInt(20);
    return switch (random.nextInt(12)) {
      case 0 ->
          new TaskOpened(LINEAGE, task, List.of(), Optional.of(policy(random)), Optional.empty());
      case 1 -> new TaskOpened(LINEAGE, task, List.of(new Label(label, "named " + label)));
      case 2 -> new ExampleRetracted(LINEAGE, task, id);
      case 3 ->
          new OutcomeObserved(
              LINEAGE, task, "q" + random.nextInt(i + 1), new Target.LabelTarget(label));
      case 4 ->
          random.nextInt(5) == 0
              ? new TaskClosed(LINEAGE, task)
              : new ExampleRetracted(LINEAGE, task, "outcome:q" + random.nextInt(i + 1));
      case 5, 6, 7, 8 ->
          new ExampleAdded(LINEAGE, task, id, vector(random), new Target.LabelTarget(label));
      default ->
          new QueryAsked(
              LINEAGE,
              task,
              "q" + i,
              Optional.of(vector(random)),
              HEADS,
              List.of(),
              OptionalInt.of(99));
    };
  }

  private static SupportPolicy policy(Random random) {
    int small = 1 + random.nextInt(4);
    return new SupportPolicy(
        random.nextBoolean() ? small : 1_024,
        random.nextBoolean() ? 1 : 10_000,
        random.nextBoolean() ? small : 10_000,
        random.nextBoolean() ? Duration.ofMillis(1) : SupportPolicy.UNLIMITED,
        random.nextBoolean() ? 0 : 10_000,
        random.nextBoolean() ? Duration.ofMillis(1) : SupportPolicy.UNLIMITED,
        random.nextInt(4) > 0,
        random.nextBoolean() ? 0 : 10_000,
        random.nextBoolean() ? Duration.ofMillis(1) : SupportPolicy.UNLIMITED,
        random.nextBoolean());
  }

  private static Features vector(Random random) {
    float[] values = {0f, -0f, Float.MIN_VALUE, -Float.MIN_NORMAL, 0x1p50f, -0x1p50f, 1f, 1e-20f};
    float[] vector = new float[WordEncoder.DIMENSION];
    boolean same = random.nextBoolean();
    float first = values[random.nextInt(values.length)];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = same ? first : values[random.nextInt(values.length)];
    }
    return new Features.VectorFeatures(vector);
  }

  private static List<Label> longLabels(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> new Label("\u732b".repeat(200) + i, "cat " + i))
        .toList();
  }

  private static TaskOpened opened(
      List<Label> labels, @org.jspecify.annotations.Nullable SupportPolicy policy) {
    return new TaskOpened(LINEAGE, "toys", labels, Optional.ofNullable(policy), Optional.empty());
  }

  private static QueryAsked query(String id, List<String> heads, OptionalInt topK) {
    return new QueryAsked(LINEAGE, "toys", id, Optional.of(ZERO), heads, List.of(), topK);
  }
}

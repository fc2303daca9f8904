package dev.freshet.scoreboard;

import static dev.freshet.scoreboard.Examples.outcome;
import static dev.freshet.scoreboard.Examples.saysCars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.Prediction.Score;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.ScoreRecord;
import dev.freshet.schemas.Target.ItemTarget;
import dev.freshet.schemas.Target.NumberTarget;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.TaskKey;
import dev.freshet.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTopologyTest {
  private static final Duration RETENTION = Duration.ofHours(1);
  private static final int OPEN_MAX = 4;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant MUCH_LATER = START.plus(RETENTION).plusMillis(1);
  private static final byte[] KEY = new TaskKey(Examples.LINEAGE, Examples.TASK).bytes();

  private final RecordCodec<Prediction> predictionCodec = RecordCodec.predictions();
  private final TaskEventCodec eventCodec = new TaskEventCodec();

  @TempDir Path directory;
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> predictions;
  private TestInputTopic<byte[], byte[]> events;
  private TestOutputTopic<String, ScoreRecord> scores;

  @BeforeEach
  void start() {
    ScoreboardConfig config = ScoreboardConfig.of("unused:9092", directory);
    driver =
        new TopologyTestDriver(
            ScoreTopology.build(RETENTION, OPEN_MAX),
            StreamsSettings.of(config).asProperties(),
            START);
    ByteArraySerializer bytes = new ByteArraySerializer();
    predictions = driver.createInputTopic(Topics.PREDICTIONS, bytes, bytes);
    events = driver.createInputTopic(Topics.TASK_EVENTS, bytes, bytes);
    scores =
        driver.createOutputTopic(
            Topics.SCORES, new StringDeserializer(), StoredBytes.scores().deserializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void publishesAScoreForEachHeadWhenTheOutcomeComes() {
    predicted(saysCars("q1", 1), START);
    assertThat(scores.isEmpty()).isTrue();

    observed(outcome("q1", "cars"), START.plusSeconds(60));

    assertThat(scores.readKeyValuesToList())
        .extracting(score -> score.key, score -> score.value.correct())
        .containsExactly(
            tuple("categories/r1/label/prototype/2", 1L),
            tuple("categories/r1/unadapted/prototype/2", 1L));
    assertCounts(Counter.PREDICTIONS, 1, Counter.OUTCOMES, 1, Counter.JUDGED, 1);
  }

  @Test
  void addsUpOverQueriesAndTasks() {
    predicted(saysCars("q1", 1), START);
    predicted(saysCars("q2", 2), START);
    predicted(saysCars("q3", 3), START);
    observed(outcome("q1", "cars"), START);
    observed(outcome("q2", "cars"), START);
    observed(outcome("q3", "dolls"), START);

    assertThat(latest("categories/r1/label/prototype/2"))
        .extracting(ScoreRecord::queries, ScoreRecord::correct, ScoreRecord::logLossSum)
        .containsExactly(2L, 2L, 2 * LogLoss.of(0.75));
    assertThat(latest("categories/r1/label/prototype/0"))
        .extracting(ScoreRecord::queries, ScoreRecord::correct, ScoreRecord::logLossSum)
        .containsExactly(1L, 0L, LogLoss.of(0.25));
  }

  @Test
  void holdsAnOutcomeThatComesBeforeItsPrediction() {
    observed(outcome("q1", "cars"), START);
    predicted(saysCars("q1", 1), START.plus(RETENTION));

    assertCounts(Counter.PREDICTIONS, 1, Counter.OUTCOMES, 1, Counter.JUDGED, 1);
  }

  @Test
  void judgesALateOutcomeWithinTheRetention() {
    predicted(saysCars("q1", 1), START);
    observed(outcome("q1", "cars"), START.plus(RETENTION));

    assertCounts(Counter.PREDICTIONS, 1, Counter.OUTCOMES, 1, Counter.JUDGED, 1);
  }

  @Test
  void countsADoubledOutcomeOnce() {
    predicted(saysCars("q1", 1), START);
    observed(outcome("q1", "cars"), START);
    observed(outcome("q1", "cars"), START);

    assertThat(latest("categories/r1/label/prototype/2").queries()).isEqualTo(1);
    assertCounts(
        Counter.PREDICTIONS,
        1,
        Counter.OUTCOMES,
        1,
        Counter.JUDGED,
        1,
        Counter.OUTCOME_DUPLICATES,
        1);
  }

  @Test
  void believesTheFirstOfContradictoryOutcomes() {
    observed(outcome("q1", "cars"), START);
    observed(outcome("q1", "dolls"), START);
    predicted(saysCars("q1", 1), START);

    assertThat(latest("categories/r1/label/prototype/2").correct()).isEqualTo(1);
    assertCounts(
        Counter.PREDICTIONS,
        1,
        Counter.OUTCOMES,
        1,
        Counter.JUDGED,
        1,
        Counter.OUTCOME_DUPLICATES,
        1,
        Counter.OUTCOME_CONTRADICTIONS,
        1);
  }

  @Test
  void keepsTheFirstPredictionOfAPosition() {
    predicted(saysCars("q1", 1), START);
    predicted(saysCars("q1", 1), START);
    observed(outcome("q1", "cars"), START);
    predicted(saysCars("q1", 1), START);

    assertThat(latest("categories/r1/label/prototype/2").queries()).isEqualTo(1);
    assertCounts(
        Counter.PREDICTIONS,
        1,
        Counter.OUTCOMES,
        1,
        Counter.JUDGED,
        1,
        Counter.PREDICTION_DUPLICATES,
        2);
  }

  @Test
  void judgesEveryPositionOfAQueryAskedTwice() {
    predicted(saysCars("q1", 1), START);
    predicted(saysCars("q1", 2), START);
    observed(outcome("q1", "cars"), START);
    predicted(saysCars("q1", 3), START);

    assertThat(latest("categories/r1/label/prototype/2").queries()).isEqualTo(3);
    assertCounts(Counter.PREDICTIONS, 3, Counter.OUTCOMES, 1, Counter.JUDGED, 3);
  }

  /** One id is the beginning of the other, so their keys share a prefix. */
  @Test
  void doesNotMistakeALongerQueryIdForTheSame() {
    predicted(saysCars("q1", 1), START);
    predicted(saysCars("q11", 2), START);
    predicted(saysCars("q1\0x", 3), START);
    observed(outcome("q1", "cars"), START);

    assertCounts(Counter.PREDICTIONS, 3, Counter.OUTCOMES, 1, Counter.JUDGED, 1);
  }

  @Test
  void letsGoOfAPredictionWhoseOutcomeNeverComes() {
    predicted(saysCars("q1", 1), START);
    passTime(START.plus(RETENTION));
    assertCounts(Counter.PREDICTIONS, 1);

    passTime(MUCH_LATER);
    assertCounts(Counter.PREDICTIONS, 1, Counter.PREDICTIONS_WITHOUT_OUTCOME, 1);

    observed(outcome("q1", "cars"), MUCH_LATER);
    passTime(MUCH_LATER.plus(RETENTION).plusMillis(1));
    assertThat(scores.isEmpty()).isTrue();
    assertCounts(
        Counter.PREDICTIONS,
        1,
        Counter.PREDICTIONS_WITHOUT_OUTCOME,
        1,
        Counter.OUTCOMES,
        1,
        Counter.OUTCOMES_WITHOUT_PREDICTION,
        1);
    assertNothingIsHeld();
  }

  @Test
  void letsGoOfWhatMetWithoutCountingItAsMissing() {
    predicted(saysCars("q1", 1), START);
    observed(outcome("q1", "cars"), START);
    observed(outcome("q2", "cars"), START);
    predicted(saysCars("q2", 2), START);

    passTime(MUCH_LATER);

    assertCounts(Counter.PREDICTIONS, 2, Counter.OUTCOMES, 2, Counter.JUDGED, 2);
    assertNothingIsHeld();
  }

  @Test
  void letsTheOldestGoWhereMoreIsHeldThanThereIsRoomFor() {
    observed(outcome("early", "cars"), START);
    for (int i = 1; i <= OPEN_MAX; i++) {
      predicted(saysCars("q" + i, i), START.plusMillis(i));
    }
    assertCounts(Counter.PREDICTIONS, 4, Counter.OUTCOMES, 1, Counter.OUTCOMES_CROWDED_OUT, 1);

    observed(outcome("q3", "cars"), START.plusMillis(10));
    observed(outcome("q1", "cars"), START.plusMillis(11));

    assertThat(held()).containsExactlyInAnyOrder("q3", "q4", "outcome of q3", "outcome of q1");
    assertCounts(
        Counter.PREDICTIONS,
        4,
        Counter.PREDICTIONS_CROWDED_OUT,
        2,
        Counter.OUTCOMES,
        3,
        Counter.OUTCOMES_CROWDED_OUT,
        1,
        Counter.JUDGED,
        1);
  }

  /** Also what has met takes room; that it leaves says nothing about anybody. */
  @Test
  void countsOnlyWhatNeverMetAsCrowdedOut() {
    predicted(saysCars("q1", 1), START);
    observed(outcome("q1", "cars"), START);
    for (int i = 2; i <= OPEN_MAX + 1; i++) {
      predicted(saysCars("q" + i, i), START.plusMillis(i));
    }

    assertThat(held()).containsExactlyInAnyOrder("q2", "q3", "q4", "q5");
    assertCounts(Counter.PREDICTIONS, 5, Counter.OUTCOMES, 1, Counter.JUDGED, 1);
  }

  /** Age is what the record's timestamp says, not when it came. */
  @Test
  void letsALatecomerGoFirst() {
    for (int i = 1; i <= OPEN_MAX; i++) {
      predicted(saysCars("q" + i, i), START.plusMillis(i));
    }
    predicted(saysCars("late", 9), START);

    assertThat(held()).containsExactlyInAnyOrder("q1", "q2", "q3", "q4");
    assertCounts(Counter.PREDICTIONS, 5, Counter.PREDICTIONS_CROWDED_OUT, 1);
  }

  /** Or who leaves would depend on when the scoreboard was last restarted. */
  @Test
  void doesNotLetTheOrderOfArrivalDecideBetweenEquallyOld() {
    for (String query : List.of("q4", "q2", "q5", "q1", "q3", "q6")) {
      predicted(saysCars(query, 1), START);
    }

    assertThat(held()).containsExactlyInAnyOrder("q3", "q4", "q5", "q6");
  }

  /** A limit made smaller holds from the next record on, and what leaves is counted. */
  @Test
  void obeysASmallerLimitThanTheStoresWereFilledUnder() {
    for (String query : List.of("q4", "q2", "q1", "q3")) {
      predicted(saysCars(query, 1), START);
    }
    Tally.Builder tally = new Tally.Builder();

    new Judge(
            driver.getKeyValueStore(ScoreTopology.PREDICTIONS_STORE),
            driver.getKeyValueStore(ScoreTopology.OUTCOMES_STORE),
            RETENTION,
            1)
        .makeRoom(tally);

    assertThat(held()).containsExactly("q4");
    assertThat(tally.build())
        .singleElement()
        .extracting(Tally::counts)
        .isEqualTo(Map.of(Counter.PREDICTIONS_CROWDED_OUT, 3L));
  }

  /** The driver's wall clock runs; nothing may follow from it. */
  @Test
  void neverLooksAtTheClock() {
    predicted(saysCars("q1", 1), START);
    driver.advanceWallClockTime(RETENTION.multipliedBy(100));
    observed(outcome("q1", "cars"), START.plusSeconds(1));

    assertCounts(Counter.PREDICTIONS, 1, Counter.OUTCOMES, 1, Counter.JUDGED, 1);
  }

  @Test
  void numbersAreJudgedByTheirErrorByTheExamplesOfTheirTask() {
    predicted(saysNumber("q1", 1, 3.5), START);
    predicted(saysNumber("q2", 2, 1), START);
    observed(number("q1", 3), START);
    observed(number("q2", 3), START);

    List<ScoreRecord> written = scores.readValuesToList();
    ScoreRecord last = written.get(written.size() - 1);
    assertThat(last.shots()).isEqualTo(2);
    assertThat(last.queries()).isEqualTo(2);
    assertThat(last.errors()).contains(new ScoreRecord.NumberErrors(2.5, 4.25));
    assertCounts(Counter.PREDICTIONS, 2, Counter.OUTCOMES, 2, Counter.JUDGED, 2);
  }

  private static Prediction saysNumber(String query, long offset, double number) {
    return Examples.prediction(
        Examples.TASK,
        query,
        0,
        offset,
        2,
        List.of(Examples.answer("rating", new Score(new NumberTarget(number), number))));
  }

  private static OutcomeObserved number(String query, double number) {
    return new OutcomeObserved(Examples.LINEAGE, Examples.TASK, query, new NumberTarget(number));
  }

  @Test
  void countsChosenItemsAsUnsupportedButNotAsMissing() {
    predicted(saysCars("q1", 1), START);
    observed(
        new OutcomeObserved(Examples.LINEAGE, Examples.TASK, "q1", new ItemTarget("i")), START);
    passTime(MUCH_LATER);

    assertThat(scores.isEmpty()).isTrue();
    assertCounts(Counter.PREDICTIONS, 1, Counter.OUTCOMES, 1, Counter.OUTCOMES_UNSUPPORTED, 1);
  }

  @Test
  void countsWhatCannotBeReadAndGoesOn() {
    byte[] foreign = "not avro".getBytes(StandardCharsets.UTF_8);
    byte[] otherTask = new TaskKey(Examples.LINEAGE, "other").bytes();
    predictions.pipeInput(KEY, foreign, START);
    predictions.pipeInput(new TestRecord<>(KEY, null, START));
    predictions.pipeInput(otherTask, predictionCodec.encode(saysCars("q1", 1)), START);
    events.pipeInput(KEY, foreign, START);
    events.pipeInput(KEY, new byte[Topics.EVENT_BYTES_MAX + 1], START);
    events.pipeInput(new TestRecord<>(null, eventCodec.encode(outcome("q1", "cars")), START));
    events.pipeInput(otherTask, eventCodec.encode(outcome("q1", "cars")), START);
    predicted(saysCars("q1", 1), START);
    observed(outcome("q1", "cars"), START);

    assertCounts(
        Counter.PREDICTIONS_UNDECODABLE,
        3,
        Counter.EVENTS_UNDECODABLE,
        4,
        Counter.PREDICTIONS,
        1,
        Counter.OUTCOMES,
        1,
        Counter.JUDGED,
        1);
  }

  @Test
  void readsOutcomesWrittenAsJson() {
    predicted(saysCars("q1", 1), START);
    String json = eventCodec.toJson(outcome("q1", "cars"));
    events.pipeInput(KEY, json.getBytes(StandardCharsets.UTF_8), START);

    assertCounts(Counter.PREDICTIONS, 1, Counter.OUTCOMES, 1, Counter.JUDGED, 1);
  }

  /** Headers carry clocks and traces of the input; they are no part of a score. */
  @Test
  void publishesWithoutHeadersOfTheInput() {
    predicted(saysCars("q1", 1), START);
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", new byte[] {1});
    events.pipeInput(
        new TestRecord<>(KEY, eventCodec.encode(outcome("q1", "cars")), headers, START));

    assertThat(scores.readRecordsToList())
        .hasSize(2)
        .allMatch(r -> r.headers().toArray().length == 0);
  }

  @Test
  void runsWithoutRocksDb() {
    assertThatThrownBy(() -> Class.forName("org.rocksdb.RocksDB"))
        .as("rocksdbjni is on the class path, beside Flink's frocksdbjni it breaks both")
        .isInstanceOf(ClassNotFoundException.class);
    publishesAScoreForEachHeadWhenTheOutcomeComes();
  }

  private void predicted(Prediction prediction, Instant at) {
    predictions.pipeInput(KEY, predictionCodec.encode(prediction), at);
  }

  private void observed(TaskEvent event, Instant at) {
    events.pipeInput(KEY, eventCodec.encode(event), at);
  }

  /** A fence has no task: its key is the lineage alone. */
  private void passTime(Instant at) {
    TaskEvent fence = new ReleaseActivated(Examples.LINEAGE, "r2", "0".repeat(64), 2);
    byte[] lineage = Examples.LINEAGE.getBytes(StandardCharsets.UTF_8);
    events.pipeInput(lineage, eventCodec.encode(fence), at);
  }

  private ScoreRecord latest(String key) {
    List<KeyValue<String, ScoreRecord>> all = scores.readKeyValuesToList();
    KeyValueStore<String, ScoreRecord> store = driver.getKeyValueStore(ScoreTopology.SCORES_STORE);
    ScoreRecord stored = store.get(key);
    all.stream()
        .filter(published -> published.key.equals(key))
        .reduce((first, second) -> second)
        .ifPresent(published -> assertThat(published.value).isEqualTo(stored));
    return stored;
  }

  /** Every counter that is not named must be zero. */
  private void assertCounts(Object... expected) {
    Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    for (int i = 0; i < expected.length; i += 2) {
      counts.put((Counter) expected[i], ((Integer) expected[i + 1]).longValue());
    }
    KeyValueStore<String, Long> store = driver.getKeyValueStore(ScoreTopology.COUNTS_STORE);
    Map<Counter, Long> counted = new EnumMap<>(Counter.class);
    store.all().forEachRemaining(count -> counted.put(Counter.valueOf(count.key), count.value));
    assertThat(new ScoreCounts(counted)).isEqualTo(new ScoreCounts(counts));
  }

  private void assertNothingIsHeld() {
    assertThat(held()).isEmpty();
  }

  private List<String> held() {
    List<String> held = new ArrayList<>();
    KeyValueStore<Bytes, HeldPrediction> predicted =
        driver.getKeyValueStore(ScoreTopology.PREDICTIONS_STORE);
    try (KeyValueIterator<Bytes, HeldPrediction> all = predicted.all()) {
      all.forEachRemaining(p -> held.add(queryOf(p.key)));
    }
    KeyValueStore<Bytes, HeldOutcome> observed =
        driver.getKeyValueStore(ScoreTopology.OUTCOMES_STORE);
    try (KeyValueIterator<Bytes, HeldOutcome> all = observed.all()) {
      all.forEachRemaining(o -> held.add("outcome of " + o.value.outcome().query()));
    }
    return held;
  }

  /** The key is task, zero byte, query, zero byte, position. */
  private static String queryOf(Bytes predictionKey) {
    return new String(predictionKey.get(), StandardCharsets.UTF_8).split("\0", -1)[1];
  }
}

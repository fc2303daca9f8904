package dev.freshet.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.broker.EmbeddedBroker;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.ScoreRecord;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.Topics;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole scoreboard on a real broker, without RocksDB on the class path. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ScoreboardRecountTest {
  private static final int PARTITIONS = 4;
  private static final int QUERIES = 1_000;
  private static final int ROOM = 60;
  // So long past that no broker takes it for the future, whatever its clock says.
  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final List<Counter> COUNTED_AT_ONCE =
      List.of(
          Counter.PREDICTIONS,
          Counter.PREDICTION_DUPLICATES,
          Counter.PREDICTIONS_UNDECODABLE,
          Counter.OUTCOMES,
          Counter.OUTCOME_DUPLICATES,
          Counter.EVENTS_UNDECODABLE);

  @TempDir Path directory;

  /** Runs a scoreboard over the first part of a history and stops it in the middle. */
  private interface FirstRun {
    void over(EmbeddedBroker broker, List<ProducerRecord<byte[], byte[]>> records) throws Exception;
  }

  /** Nothing is cleaned up when it closes: what is held and counted is still there afterwards. */
  @Test
  void countsAsASingleThreadedReaderDoesAcrossARestart() throws Exception {
    countsAsASingleThreadedReaderDoesAfter(this::closedInMidStream);
  }

  /** Its last transaction stays open and is aborted by the broker when it has timed out. */
  @Test
  @Tag("slow")
  void countsAsASingleThreadedReaderDoesAfterAKill() throws Exception {
    countsAsASingleThreadedReaderDoesAfter(this::killedInMidStream);
  }

  /** In the end two days pass, so that whatever never met is let go. */
  private void countsAsASingleThreadedReaderDoesAfter(FirstRun firstRun) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0)) {
      BrokerTopics.makeAll(broker, PARTITIONS);
      List<ProducerRecord<byte[], byte[]>> history =
          new GeneratedHistory(PARTITIONS, 42).records(QUERIES, START.toEpochMilli());
      int stop = 2 * history.size() / 3;
      firstRun.over(broker, history.subList(0, stop));
      BrokerTopics.send(broker, history.subList(stop, history.size()));
      Recount expected = recount(broker);

      try (Scoreboard scoreboard = new Scoreboard(config(broker))) {
        scoreboard.start();
        scoreboard.awaitRunning(PATIENCE);
        awaitCountedAtOnce(scoreboard, expected.counts());
        BrokerTopics.send(broker, daysLater());
        await(scoreboard::counts, expected.counts()::equals);

        List<ScoreRecord> scores = await(scoreboard::scores, ready -> true);
        assertSameScores(byKey(scores), expected.scores());
        assertThat(expected.counts().of(Counter.JUDGED)).isGreaterThan(QUERIES / 2);
        assertAnswersOverHttp(scoreboard);
      }
      // Closing has committed the last transaction: what is published is what was counted.
      assertSameScores(published(broker), expected.scores());
    }
  }

  /**
   * Both parts are on the broker before a scoreboard reads them, so that the order in which it does
   * is that of the timestamps.
   */
  @Test
  void countsAsASingleThreadedReaderWithLittleRoomDoesAcrossARestart() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0)) {
      BrokerTopics.makeAll(broker, PARTITIONS);
      List<ProducerRecord<byte[], byte[]>> history =
          new GeneratedHistory(PARTITIONS, 43).records(QUERIES, START.toEpochMilli());
      int stop = history.size() / 2;
      BrokerTopics.send(broker, history.subList(0, stop));
      readAllWithLittleRoom(broker, Map.of());

      BrokerTopics.send(broker, history.subList(stop, history.size()));
      OrderedRecount expected = orderedRecount(broker);
      BrokerTopics.send(broker, daysLater());

      assertThat(expected.counts().of(Counter.PREDICTIONS_CROWDED_OUT)).isGreaterThan(50);
      assertThat(expected.counts().of(Counter.OUTCOMES_CROWDED_OUT)).isGreaterThan(50);
      assertThat(expected.counts().of(Counter.JUDGED)).isGreaterThan(QUERIES / 2);
      readAllWithLittleRoom(broker, expected.counts().byCounter());
      assertSameScores(published(broker), expected.scores());
    }
  }

  /** Waits until everything was read; nothing expected means whatever the topics say now. */
  private void readAllWithLittleRoom(EmbeddedBroker broker, Map<Counter, Long> expected)
      throws Exception {
    ScoreCounts now = orderedRecount(broker).counts();
    try (Scoreboard scoreboard = new Scoreboard(config(broker).withOpenMax(ROOM))) {
      scoreboard.start();
      scoreboard.awaitRunning(PATIENCE);
      awaitCountedAtOnce(scoreboard, now);
      if (!expected.isEmpty()) {
        await(scoreboard::counts, counts -> counts.byCounter().equals(expected));
      }
    }
  }

  private static OrderedRecount orderedRecount(EmbeddedBroker broker) {
    List<ConsumerRecord<byte[], byte[]>> records =
        new ArrayList<>(BrokerTopics.read(broker, Topics.PREDICTIONS));
    records.addAll(BrokerTopics.read(broker, Topics.TASK_EVENTS));
    return new OrderedRecount(records, ROOM);
  }

  private void closedInMidStream(
      EmbeddedBroker broker, List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    try (Scoreboard scoreboard = new Scoreboard(config(broker))) {
      scoreboard.start();
      scoreboard.awaitRunning(PATIENCE);
      BrokerTopics.send(broker, records.subList(0, records.size() / 2));
      await(scoreboard::counts, counts -> counts.of(Counter.JUDGED) > QUERIES / 10);
      BrokerTopics.send(broker, records.subList(records.size() / 2, records.size()));
    }
  }

  private void killedInMidStream(
      EmbeddedBroker broker, List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    try (ScoreboardProcess scoreboard =
        new ScoreboardProcess(
            directory.resolve("killed.log"),
            "bootstrap.servers=" + broker.bootstrapServers(),
            "state.directory=" + directory.resolve("state"),
            // Long enough for the kill to fall between what was counted and its commit.
            "commit.interval=PT2S")) {
      BrokerTopics.send(broker, records.subList(0, records.size() / 2));
      await(() -> BrokerTopics.read(broker, Topics.SCORES), published -> !published.isEmpty());
      long judged = scoreboard.judged();
      BrokerTopics.send(broker, records.subList(records.size() / 2, records.size()));
      await(scoreboard::judged, more -> more > judged);
    }
  }

  private ScoreboardConfig config(EmbeddedBroker broker) {
    return ScoreboardConfig.of(broker.bootstrapServers(), directory.resolve("state"));
  }

  @Test
  void isNotReadyBeforeItIsStarted() {
    try (Scoreboard scoreboard = new Scoreboard(ScoreboardConfig.of("127.0.0.1:1", directory))) {
      assertThatThrownBy(scoreboard::scores).isInstanceOf(ScoreboardNotReadyException.class);
      assertThatThrownBy(scoreboard::address).isInstanceOf(ScoreboardNotReadyException.class);
      assertThatThrownBy(() -> scoreboard.awaitRunning(Duration.ofMillis(1)))
          .isInstanceOf(ScoreboardNotReadyException.class)
          .hasMessageContaining("NOT_STARTED");
    }
  }

  /** A fence in every partition: of no concern, but time has passed. */
  private static List<ProducerRecord<byte[], byte[]>> daysLater() {
    byte[] key = Examples.LINEAGE.getBytes(StandardCharsets.UTF_8);
    byte[] fence =
        new TaskEventCodec()
            .encode(new ReleaseActivated(Examples.LINEAGE, "r9", "0".repeat(64), 9));
    long timestampMillis = START.plus(Duration.ofDays(2)).toEpochMilli();
    return IntStream.range(0, PARTITIONS)
        .mapToObj(p -> new ProducerRecord<>(Topics.TASK_EVENTS, p, timestampMillis, key, fence))
        .toList();
  }

  private static Recount recount(EmbeddedBroker broker) {
    return new Recount(
        BrokerTopics.read(broker, Topics.PREDICTIONS),
        BrokerTopics.read(broker, Topics.TASK_EVENTS));
  }

  private static void awaitCountedAtOnce(Scoreboard scoreboard, ScoreCounts expected)
      throws InterruptedException {
    await(scoreboard::counts, counts -> countedAtOnce(counts) == countedAtOnce(expected));
  }

  private static long countedAtOnce(ScoreCounts counts) {
    return COUNTED_AT_ONCE.stream().mapToLong(counts::of).sum();
  }

  private static Map<String, ScoreRecord> byKey(List<ScoreRecord> scores) {
    Map<String, ScoreRecord> byKey = new TreeMap<>();
    scores.forEach(score -> byKey.put(score.key(), score));
    return byKey;
  }

  private static Map<String, ScoreRecord> published(EmbeddedBroker broker) throws Exception {
    RecordCodec<ScoreRecord> codec = RecordCodec.scores();
    Map<String, ScoreRecord> latest = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : BrokerTopics.read(broker, Topics.SCORES)) {
      ScoreRecord score = codec.decode(record.value());
      String key = new String(record.key(), StandardCharsets.UTF_8);
      assertThat(score.key()).isEqualTo(key);
      ScoreRecord before = latest.put(key, score);
      assertThat(score.queries())
          .as("a restart takes nothing back: %s", key)
          .isGreaterThan(before == null ? 0 : before.queries());
    }
    return latest;
  }

  private static void assertSameScores(
      Map<String, ScoreRecord> actual, Map<String, ScoreRecord> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach(
        (key, score) -> {
          ScoreRecord same = Objects.requireNonNull(expected.get(key));
          assertThat(score.queries()).as(key).isEqualTo(same.queries());
          assertThat(score.correct()).as(key).isEqualTo(same.correct());
          assertThat(score.logLossSum())
              .as(key)
              .isCloseTo(same.logLossSum(), within(3e-8 * same.queries()));
        });
  }

  private static void assertAnswersOverHttp(Scoreboard scoreboard) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    assertThat(body(client, scoreboard.address().resolve("/scores?head=unadapted")))
        .contains("\"head\":\"unadapted\"")
        .doesNotContain("\"head\":\"label\"");
    assertThat(body(client, scoreboard.address().resolve("/health")))
        .isEqualTo("{\"state\":\"RUNNING\"}");
  }

  private static String body(HttpClient client, URI uri) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return await(
            () -> client.sendAsync(request, BodyHandlers.ofString()).join(),
            response -> response.statusCode() == HttpURLConnection.HTTP_OK)
        .body();
  }

  /** The first answer that is as awaited; while a start still rebalances there is none. */
  private static <T> T await(Supplier<T> question, Predicate<T> awaited)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    Optional<T> answer = answer(question).filter(awaited);
    while (answer.isEmpty()) {
      assertThat(System.nanoTime()).as("reached within %s", PATIENCE).isLessThan(deadlineNanos);
      Thread.sleep(50);
      answer = answer(question).filter(awaited);
    }
    return answer.get();
  }

  private static <T> Optional<T> answer(Supplier<T> question) {
    try {
      return Optional.of(question.get());
    } catch (ScoreboardNotReadyException e) {
      return Optional.empty();
    }
  }
}

package dev.freshet.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.broker.EmbeddedBroker;
import dev.freshet.schemas.ReleaseActivated;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.TaskKey;
import dev.freshet.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
class TopicCheckTest {
  @TempDir static Path directory;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void refusesPartitionCountsThatDiffer() throws Exception {
    BrokerTopics.make(
        broker, Map.of(Topics.TASK_EVENTS, 4, Topics.PREDICTIONS, 3, Topics.SCORES, 1));

    assertRefusesToStart(
        "freshet.task-events.v1 has 4 partitions and freshet.predictions.v1 has 3",
        "expected the same number",
        "Create the predictions topic anew with 4 partitions");
  }

  @Test
  void refusesToStartWithoutItsTopics() throws Exception {
    BrokerTopics.make(broker, Map.of(Topics.TASK_EVENTS, 4));

    assertRefuses(
        () -> new TopicCheck(broker.bootstrapServers(), Duration.ZERO).run(),
        "[freshet.predictions.v1, freshet.scores.v1] are not there",
        "Create them first");
  }

  /** As when a program makes them while the scoreboard starts. */
  @Test
  void waitsForTopicsThatComeAMomentLater() throws Exception {
    BrokerTopics.make(broker, Map.of(Topics.TASK_EVENTS, 4));
    CompletableFuture<Void> check =
        CompletableFuture.runAsync(() -> new TopicCheck(broker.bootstrapServers()).run());
    Thread.sleep(1_000); // lets it look in vain; where it comes too late it has less to do

    BrokerTopics.add(broker, Map.of(Topics.PREDICTIONS, 4, Topics.SCORES, 1));

    assertThat(check).succeedsWithin(Duration.ofSeconds(60));
  }

  @Test
  void refusesATopicThatAnotherPartitionerFilled() throws Exception {
    BrokerTopics.makeAll(broker, 4);
    TaskKey task = new TaskKey(Examples.LINEAGE, Examples.TASK);
    int wrong = (task.partition(4) + 1) % 4;
    BrokerTopics.send(broker, List.of(fence(Topics.TASK_EVENTS, wrong, task.bytes())));

    assertRefusesToStart(
        "the record at offset 0 of freshet.task-events.v1, key 'categories/toys', lies in"
            + " partition "
            + wrong
            + ", expected "
            + task.partition(4),
        "uses another partitioner");
  }

  /** Whoever may write to the log must not be able to keep the scoreboard from starting. */
  @Test
  void bearsAStrayRecordInTheLogButNoneAmongThePredictions() throws Exception {
    BrokerTopics.makeAll(broker, 4);
    TaskKey task = new TaskKey(Examples.LINEAGE, Examples.TASK);
    int right = task.partition(4);
    int wrong = (right + 1) % 4;
    BrokerTopics.send(
        broker,
        List.of(
            fence(Topics.TASK_EVENTS, right, task.bytes()),
            fence(Topics.TASK_EVENTS, wrong, task.bytes())));
    assertThatCode(() -> new TopicCheck(broker.bootstrapServers()).run())
        .doesNotThrowAnyException();

    BrokerTopics.send(broker, List.of(fence(Topics.PREDICTIONS, right, task.bytes())));
    BrokerTopics.send(broker, List.of(fence(Topics.PREDICTIONS, wrong, task.bytes())));
    assertRefusesToStart("of freshet.predictions.v1", "lies in partition " + wrong);
  }

  /** Fences lie in every partition under one key; a key that names no task proves nothing. */
  @Test
  void acceptsFencesAndForeignKeysAnywhere() throws Exception {
    BrokerTopics.makeAll(broker, 4);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int partition = 0; partition < 4; partition++) {
      records.add(fence(Topics.TASK_EVENTS, partition, bytes(Examples.LINEAGE)));
      records.add(fence(Topics.TASK_EVENTS, partition, bytes("Not/a task of ours")));
      records.add(fence(Topics.TASK_EVENTS, partition, null));
    }
    for (int i = 0; i < 1_000; i++) {
      byte[] key = new TaskKey(Examples.LINEAGE, "task-" + i).bytes();
      records.add(new ProducerRecord<>(Topics.PREDICTIONS, key, new byte[1]));
    }
    BrokerTopics.send(broker, records);

    assertThatCode(() -> new TopicCheck(broker.bootstrapServers()).run())
        .doesNotThrowAnyException();
  }

  private static ProducerRecord<byte[], byte[]> fence(
      String topic, int partition, byte @Nullable [] key) {
    ReleaseActivated fence = new ReleaseActivated(Examples.LINEAGE, "r1", "0".repeat(64), 1);
    return new ProducerRecord<>(topic, partition, key, new TaskEventCodec().encode(fence));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertRefusesToStart(String... messages) {
    ScoreboardConfig config =
        ScoreboardConfig.of(broker.bootstrapServers(), directory.resolve("state"));
    try (Scoreboard scoreboard = new Scoreboard(config)) {
      assertRefuses(scoreboard::start, messages);
    }
  }

  private static void assertRefuses(ThrowingCallable start, String... messages) {
    assertThatThrownBy(start)
        .isInstanceOf(ScoreboardStartException.class)
        .hasMessageStartingWith("Cannot start the scoreboard on " + broker.bootstrapServers())
        .hasMessageContainingAll(messages);
  }
}

package dev.freshet.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Features.TextFeatures;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.schemas.Topics;
import dev.freshet.schemas.UndecodableException;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.log.EventWriter;
import dev.freshet.standalone.log.TopicReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code freshet up} in a process of its own, killed while it answers, and started again. */
@Tag("slow")
class KilledTest {
  private static final int KILLS = 2;
  private static final int TASKS = 6;
  private static final int QUERIES_PER_ROUND = 1_200;

  /** Where a query lies in the log. */
  private record Position(int partition, long offset) {}

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final List<Process> processes = new ArrayList<>();
  private final Set<Position> asked = new HashSet<>();
  private int duplicates;

  @AfterEach
  void endWhatStillRuns() throws Exception {
    for (Process process : processes) {
      // In order, so that the broker too has left the directory; only what hangs is killed.
      process.destroy();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void whatIsKilledInMidStreamAnswersEverythingInTheSameBytes(String delivery) throws Exception {
    for (int round = 0; round < KILLS; round++) {
      Process up = up(delivery);
      BrokerLink broker = new BrokerLink(bootstrap(up));
      int before = predictions(broker).size();
      ask(broker, round);
      int answered = before;
      while (answered == before) {
        answered = predictions(broker).size();
      }
      assertThat(answered).as("killed in mid-stream").isLessThan(asked.size());
      up.destroyForcibly().waitFor();
    }
    BrokerLink broker = new BrokerLink(bootstrap(up(delivery)));
    ask(broker, KILLS);
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (predictions(broker).size() < asked.size() && System.nanoTime() < deadline) {
      Thread.sleep(500);
    }
    Set<Position> missing = new HashSet<>(asked);
    missing.removeAll(predictions(broker).keySet());
    assertThat(missing).as("queries of %d that were never answered", asked.size()).isEmpty();
    if (delivery.equals("exactly-once")) {
      assertThat(duplicates).isZero();
    }
  }

  private Process up(String delivery) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--add-opens=java.base/java.util=ALL-UNNAMED");
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("-Dorg.apache.avro.SERIALIZABLE_PACKAGES=dev.freshet.schemas");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.freshet.standalone.Freshet");
    command.addAll(List.of("up", "--json", "--device=cpu", "--delivery=" + delivery));
    command.addAll(List.of("--port=0", "--web-port=0", "--scoreboard-port=0"));
    command.addAll(List.of("--checkpoint-interval=1s", "--data-dir=" + directory.resolve("data")));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("up.err").toFile()))
            .start();
    processes.add(process);
    return process;
  }

  /** Where the broker listens, once everything is up. */
  private static String bootstrap(Process up) throws IOException {
    try (JsonParser document =
        new ObjectMapper()
            .createParser(up.getInputStream())
            .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)) {
      JsonNode addresses = document.readValueAsTree();
      assertThat(addresses).as("what `freshet up` printed").isNotNull();
      return addresses.path("bootstrap").asText();
    }
  }

  /** Every query between examples of its task, all in the log when this returns. */
  private void ask(BrokerLink broker, int round) throws Exception {
    List<Future<RecordMetadata>> queries = new ArrayList<>();
    try (EventWriter writer = new EventWriter(broker)) {
      for (int task = 0; task < TASKS; task++) {
        writer.appendNow(
            new TaskOpened(
                "categories",
                "task-" + task,
                List.of(new Label("cars", "toy cars"), new Label("dolls", "dolls"))));
      }
      for (int i = 0; i < QUERIES_PER_ROUND; i++) {
        String task = "task-" + i % TASKS;
        String id = round + "-" + i;
        if (i % 4 == 0) {
          LabelTarget label = new LabelTarget(i % 8 == 0 ? "cars" : "dolls");
          writer.appendOrFailLater(
              new ExampleAdded("categories", task, id, new TextFeatures("toy " + id), label));
        }
        queries.add(
            writer.append(
                new QueryAsked("categories", task, id, new TextFeatures("which is toy " + id))));
      }
      for (Future<RecordMetadata> query : queries) {
        RecordMetadata at = EventWriter.settled(query);
        asked.add(new Position(at.partition(), at.offset()));
      }
      writer.flush();
    }
  }

  /** The bytes of each query's answer; a second answer must have the same. */
  private Map<Position, byte[]> predictions(BrokerLink broker) {
    Map<Position, byte[]> answers = new HashMap<>();
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    try (TopicReader reader = new TopicReader(broker)) {
      reader.readToEnd(reader.partitions(Topics.PREDICTIONS), all::add);
    }
    duplicates = 0;
    for (ConsumerRecord<byte[], byte[]> read : all) {
      byte[] other = answers.putIfAbsent(position(read), read.value());
      if (other != null) {
        duplicates++;
        assertThat(Arrays.equals(other, read.value()))
            .as("a duplicate has the same bytes")
            .isTrue();
      }
    }
    return answers;
  }

  private static Position position(ConsumerRecord<byte[], byte[]> read) {
    try {
      Prediction prediction = RecordCodec.predictions().decode(read.value());
      return new Position(prediction.partition(), prediction.offset());
    } catch (UndecodableException e) {
      throw new AssertionError("A prediction cannot be read", e);
    }
  }
}

package dev.freshet.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.standalone.stack.DataDirectory;
import dev.freshet.standalone.stack.LocalStack;
import dev.freshet.standalone.stack.StackSettings;
import dev.freshet.trainer.publish.ShippedRelease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands print against one running stack. Each test has a task of its own. */
class StackCommandsTest {
  private static final String READERS = "--lineage=readers";

  @TempDir static Path root;

  private static DataDirectory data;
  private static LocalStack stack;

  @BeforeAll
  static void start() {
    data = DataDirectory.take(root.resolve("data"));
    stack =
        LocalStack.start(
            StackSettings.anywhere()
                .withJob(Map.of("state.backend", "heap", "device", "cpu", "parallelism", "1")),
            data,
            step -> {},
            closer -> {});
    assertThat(line("send", "open", "seen", "--label", "cars=toy cars", "--label", "dolls").status)
        .isZero();
    assertThat(line("query", "seen", "Rag doll", "--id", "q-seen").status).isZero();
    assertThat(line("send", "outcome", "seen", "q-seen", "--label", "dolls").status).isZero();
    assertThat(line("query", "seen", "x", "--heads", "nose").status).isEqualTo(1);
  }

  @AfterAll
  static void stop() {
    stack.close();
    data.close();
  }

  /** What one command did. */
  private record Said(int status, RecordedConsole console) {
    String out() {
      return console.out();
    }

    JsonNode json() throws Exception {
      assertThat(status).as(console.err()).isZero();
      return console.document();
    }
  }

  private static Said line(String... words) {
    RecordedConsole console = new RecordedConsole();
    // Before the command's name; other tests put it behind.
    String[] address = {"--bootstrap", stack.broker().bootstrapServers()};
    return new Said(console.run(with(address, patient(words))), console);
  }

  /** How soon answers come is not these tests' matter, but where they say so. */
  private static String[] patient(String[] words) {
    return words[0].equals("query") && !List.of(words).contains("--wait")
        ? with(words, "--wait", "60s")
        : words;
  }

  @Test
  void aTaskAnswersFromNamesThenFromExamplesThenWithoutTheOneRetracted() throws Exception {
    line("send", "open", "toys", "--label", "cars=toy cars", "--label", "dolls");
    JsonNode named = line("query", "toys", "Die-cast racing car", "--json").json();
    assertThat(named.path("basis").asText()).isEqualTo("LABEL_NAMES");
    assertThat(named.at("/answers/0/scores/0/target/label").asText()).isEqualTo("cars");

    line("send", "example", "toys", "--label", "dolls", "--id", "e1", "Die-cast racing car");
    JsonNode taught = line("query", "toys", "Die-cast racing car", "--json").json();
    assertThat(taught.path("basis").asText()).isEqualTo("EXAMPLES");
    assertThat(taught.at("/answers/0/scores/0/target/label").asText()).isEqualTo("dolls");

    line("send", "retract", "toys", "e1");
    JsonNode after = line("query", "toys", "Die-cast racing car", "--json").json();
    assertThat(after.path("answers")).isEqualTo(named.path("answers"));
    assertThat(after.path("supportDigest")).isEqualTo(named.path("supportDigest"));

    line("send", "label", "toys", "trains=wooden trains");
    Said chart = line("query", "toys", "Wooden train set", "--heads", "label,prototype");
    assertThat(chart.out())
        .contains(
            "label (" + ShippedRelease.CATEGORIES.assemble().manifest().learner() + ")",
            "prototype (nearest-mean)",
            "trains",
            "█",
            "0 examples");
    line("send", "close", "toys");
    assertThat(line("query", "toys", "Wooden train set").out()).contains("task never opened");
  }

  @Test
  void anEventIsReportedWithItsPosition() throws Exception {
    JsonNode sent = line("send", "outcome", "seen", "q-seen", "--label", "dolls", "--json").json();
    assertThat(sent.path("topic").asText()).isEqualTo("freshet.task-events.v1");
    assertThat(sent.path("offset").isIntegralNumber()).isTrue();
    assertThat(sent.at("/event/type").asText()).isEqualTo("OutcomeObserved");
    assertThat(line("send", "open", "other", "--label", "a=b").out())
        .startsWith("categories/other  opened: b");
  }

  @Test
  void aTaskIsShownAsItsLogFoldsIt() throws Exception {
    line("send", "open", "shown", "--label", "cars", "--label", "dolls");
    line("send", "example", "shown", "--label", "cars", "--id", "e1", "Racing car");
    line("query", "shown", "Rag doll");
    JsonNode shown = line("task", "show", "shown", "--json").json();
    assertThat(shown.path("labels")).hasSize(2);
    assertThat(shown.at("/examples/0/id").asText()).isEqualTo("e1");
    assertThat(shown.at("/lastPrediction/task").asText()).isEqualTo("shown");
    assertThat(line("task", "show", "shown").out())
        .contains("3 events, 1 query", "1 example", "Racing car", "support digest");
    Said unknown = line("task", "show", "nowhere");
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.console().err()).contains("knows no task 'categories/nowhere'");
  }

  @Test
  void aNewUserIsATaskThatRanksItemsFromWhatTheySaidOfOthers() throws Exception {
    JsonNode before = line("query", "ann", "--top=5", READERS, "--json").json();
    assertThat(before.path("basis").asText()).isEqualTo("RELEASE_ALONE");
    assertThat(before.at("/answers/0/scores")).hasSize(5);
    assertThat(before.path("itemTable").asText()).isNotEmpty();
    String best = before.at("/answers/0/scores/0/target/item").asText();

    assertThat(line("send", "example", "ann", "--item=" + best, "--value=5", READERS).out())
        .startsWith("readers/ann  example e-")
        .contains("is 5.0: item " + best);
    JsonNode after = line("query", "ann", "--top=5", READERS, "--json").json();
    assertThat(after.path("basis").asText()).isEqualTo("EXAMPLES");
    assertThat(after.at("/answers/0/scores").findValuesAsText("item")).doesNotContain(best);
    assertThat(line("query", "ann", "--top=5", "--seen", READERS).out())
        .contains("rank (", "   1  ", "1 example", "item table ");

    assertThat(line("query", "ann", "--item=" + best, READERS).out())
        .containsPattern("rating \\(.*\\)\\R  [1-5]\\.\\d{3}\\R");
    String[] three = {"query", "ann", "--candidates=i00001,i00002,i00003", READERS};
    assertThat(line(with(three, "--explore=epsilon", "--epsilon=1")).out())
        .contains("chosen with probability 0.333 (epsilon)");
    assertThat(line("task", "show", "ann", READERS).out())
        .contains("examples in force", "5.0", "item " + best)
        .doesNotContain("labels");
    Said far = line("query", "ann", "--top=1001", READERS);
    assertThat(far.console().err()).contains("The query was refused").contains("1000");
  }

  @Test
  void anItemThatIsDescribedCanBeAnsweredAndOneWithdrawnNotAnyMore() throws Exception {
    String[] onlyNew = {"query", "bob", "--top=3", "--attribute=test:new", READERS, "--json"};
    assertThat(line(onlyNew).json().at("/answers/0/scores")).isEmpty();
    assertThat(line("send", "item", "new-1", "--attribute=test:new", READERS).out())
        .startsWith("readers/new-1  item described: test:new");
    assertThat(itemsOnce(onlyNew, 1)).containsExactly("new-1");
    line("send", "item", "new-1", "--withdrawn", READERS);
    assertThat(itemsOnce(onlyNew, 0)).isEmpty();
    assertThat(line("query", "bob", "--top=3", "--attribute=test:new", READERS).out())
        .contains("no item may be answered");
  }

  /** The item table follows within a fraction of a second; how soon is not this test's matter. */
  private static List<String> itemsOnce(String[] query, int expected) throws Exception {
    List<String> items = items(query);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (items.size() != expected && System.nanoTime() < deadline) {
      items = items(query);
    }
    return items;
  }

  private static List<String> items(String[] query) throws Exception {
    return line(query).json().at("/answers/0/scores").findValuesAsText("item");
  }

  @Test
  void aUserStartsFromTheSegmentThatWasTaughtBefore() throws Exception {
    line("send", "open", "north", "--segment", READERS);
    line("send", "example", "north", "--item=i00001", "--value=5", READERS);
    Said opened = line("send", "open", "cid", "--parent=north", READERS);
    assertThat(opened.out()).contains("opened from segment north");
    assertThat(line("task", "show", "north", READERS).out()).contains("a segment");
    assertThat(line("task", "show", "cid", READERS, "--json").json().path("parent").asText())
        .isEqualTo("north");
  }

  @Test
  void outcomesOfRankedItemsAreToldByItem() throws Exception {
    JsonNode told =
        line("send", "outcome", "ann", "q-1", "--value=4", "--item=i00001", READERS, "--json")
            .json();
    assertThat(told.at("/event/target/number").asDouble()).isEqualTo(4);
    assertThat(told.at("/event/item").asText()).isEqualTo("i00001");
  }

  @Test
  void aRefreshLeavesLineagesWithItemsAlone() {
    Said refused = line("refresh", "--data-dir=" + data.root(), READERS);
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.console().err()).contains("learns numbers of items", "--ratings FILE");
  }

  @ParameterizedTest
  @CsvSource({
    "events, type",
    "predictions, answers",
    "releases, epoch",
    "scores, correct",
    "rejected, reason"
  })
  void everyTopicIsTailedInWordsAndInJson(String topic, String field) throws Exception {
    String[] tail = {"tail", "--topic", topic, "--from-beginning", "--count", "1"};
    assertThat(line(tail).out()).matches("\\d@\\d+ +\\S.*\\R");
    JsonNode record = line(with(tail, "--json")).json();
    assertThat(record.has(field)).as(record.toString()).isTrue();
  }

  @Test
  void releasesAreListedShownVerifiedAndActivated() throws Exception {
    String shelf = data.releases().toString();
    assertThat(line("releases", "list").out())
        .contains("categories (epoch", "readers (epoch", ShippedRelease.READERS.id(), "champion");
    JsonNode before = line("releases", "list", "--json").json();
    long epoch = before.at("/0/epoch").asLong();

    RecordedConsole verify = new RecordedConsole();
    assertThat(
            verify.run(
                "releases", "verify", ShippedRelease.CATEGORIES.id(), "--releases-dir", shelf))
        .isZero();
    assertThat(verify.out()).contains("is intact");
    RecordedConsole show = new RecordedConsole();
    assertThat(
            show.run(
                "releases",
                "show",
                ShippedRelease.CATEGORIES.id(),
                "--releases-dir",
                shelf,
                "--json"))
        .isZero();
    assertThat(show.document().path("learner").asText())
        .isEqualTo(ShippedRelease.CATEGORIES.assemble().manifest().learner());

    JsonNode fence =
        line(
                "releases",
                "activate",
                ShippedRelease.CATEGORIES.id(),
                "--releases-dir",
                shelf,
                "--json")
            .json();
    assertThat(fence.path("epoch").asLong()).isEqualTo(epoch + 1);
    JsonNode answer = line("query", "seen", "Rag doll", "--json").json();
    assertThat(answer.path("epoch").asLong()).isEqualTo(epoch + 1);
  }

  @Test
  void aDamagedReleaseIsFoundWithStatusFour() throws Exception {
    Path shelf = root.resolve("damaged");
    Path release = shelf.resolve("categories").resolve(ShippedRelease.CATEGORIES.id());
    ShippedRelease.CATEGORIES.write(release);
    byte[] bytes = Files.readAllBytes(release.resolve("predict.onnx"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(release.resolve("predict.onnx"), bytes);
    RecordedConsole verify = new RecordedConsole();
    int status =
        verify.run(
            "releases", "verify", ShippedRelease.CATEGORIES.id(), "--releases-dir", "" + shelf);
    assertThat(status).isEqualTo(4);
    assertThat(verify.err()).contains("predict.onnx");
    assertThat(verify.out()).isEmpty();
  }

  @Test
  void aQueryThatIsRefusedSaysWhy() {
    Said refused = line("query", "seen", "x", "--heads", "nose");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.console().err()).contains("The query was refused").contains("nose");
  }

  @Test
  void whereNoAnswerComesInTimeTheStatusIsFour() {
    Said late = line("query", "seen", "Rag doll", "--wait", "0ms");
    assertThat(late.status()).isEqualTo(4);
    assertThat(late.console().err()).contains("No answer to query").contains("within 0 ms");
    assertThat(late.out()).isEmpty();
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }
}

package dev.freshet.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.freshet.standalone.console.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is typed wrongly ends with status 2 and says what, what was expected and what was got. */
class UsageTest {
  private final RecordedConsole console = new RecordedConsole();

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("'x' is not an int", "demo", "--ways", "x"),
        mistake("ways is 1, expected 2 to", "demo", "--ways", "1"),
        mistake("--rate is 0, expected at least 1", "demo", "--rate", "0"),
        mistake("give one with --csv FILE", "demo", "--text", "title"),
        mistake("--users is 0, expected 1 to", "demo", "readers", "--users=0"),
        mistake("--rate is 0, expected at least 1", "demo", "readers", "--rate=0"),
        mistake("give them with --ratings FILE", "demo", "readers", "--items=movies.dat"),
        mistake("give it with --ratings FILE", "demo", "readers", "--steps=1"),
        mistake("There is no file", "demo", "readers", "--ratings=none.dat"),
        mistake("--once stands before the command", "demo", "--once", "readers"),
        mistake("give one with --csv FILE", "evaluate", "--text", "title"),
        mistake("expected one of [prototype", "train", "--learner", "x", "--out", "unused"),
        mistake("a yardstick (they are always shown)", "evaluate", "--learners", "x"),
        // The release is read before.
        mistake("are always shown)", "evaluate", "--release=shipped", "--learners", "x"),
        mistake("--out", "train", "--learner", "lda"),
        mistake(
            "tasksPerCall is 0, expected 1 to 4096", "train", "--tasks-per-call=0", "--out=unused"),
        mistake(
            "--tasks-per-call is for labels",
            "train",
            "--simulated=1",
            CUT,
            "--tasks-per-call=8",
            "--out=x"),
        mistake("--ratings needs --cut-time", "train", "--ratings", "r.dat", "--out", "unused"),
        mistake("give them with --ratings FILE", "evaluate", "--cut-time", "60%"),
        mistake("--ratings needs --release DIR", "evaluate", "--simulated=1", "--cut-time=60%"),
        mistake(
            "There is no file", "train", "--ratings=none.dat", "--cut-time=60%", "--out=unused"),
        mistake(
            "expected Unix seconds, a date",
            "train",
            "--simulated=1",
            "--cut-time=May",
            "--out=unused"),
        mistake(
            "--mistakes is for labels", "train", "--simulated=1", CUT, "--mistakes=0", "--out=x"),
        mistake("expected a share such as 5%", "train", "--simulated=1", CUT, HELD, "--out=x"),
        mistake("are a simulation's", "train", "--ratings=r.dat", "--segments", "--out=unused"),
        mistake("a simulation has --segments", "train", "--simulated=1", OF_USERS, "--out=x"),
        mistake("needs one of --log FILE and --simulated SEED", "evaluate", "--off-policy"),
        mistake("give that as well", "evaluate", "--log=none.csv"),
        mistake("There is no file none.csv", "evaluate", "--off-policy", "--log=none.csv"),
        mistake("mean nothing to --off-policy", "evaluate", "--off-policy", "--ratings=r.dat"),
        mistake("--rows is 1, expected 2 to", "evaluate", "--off-policy", "--simulated=1", ONE_ROW),
        mistake(
            "largest weight is 0.0", "evaluate", "--off-policy", "--simulated=1", "--weight-max=0"),
        mistake("--csv needs --label COLUMN", "demo", "--csv", "t.csv", "--text", "title"),
        mistake(
            "There is no file", "demo", "--csv", "none.csv", "--text", "title", "--label", "kind"),
        mistake(
            "expected one character",
            "demo",
            "--csv",
            "t.csv",
            "--text",
            "a",
            "--label",
            "b",
            "--delimiter",
            "ab"),
        mistake("expected one of [at-least-once, exactly-once]", "up", "--delivery", "twice"),
        mistake("expected one of cpu, cuda, auto", "up", "--device", "tpu"),
        mistake("expected one of cpu, cuda, auto", "bench", "--device", "tpu"),
        mistake("iterations is 0, expected 1 to", "bench", "sine", "--iterations", "0"),
        mistake("--port is 70000, expected 0", "up", "--port", "70000"),
        mistake("--item ITEM, or --top K and --candidates A,B,…; got none", "query", "toys"),
        mistake("got several", "query", "toys", "Rag doll", "--top=3"),
        mistake("topK is 0, expected at least 1", "query", "ann", "--top=0"),
        mistake("expected one of greedy, epsilon, thompson", "query", "a", "--top=3", EXPLORE),
        mistake("give both", "query", "ann", "--top=3", "--epsilon=0.2"),
        mistake("epsilon is 2.0, expected 0 to 1", "query", "a", "--top=3", EPSILON, "--epsilon=2"),
        mistake("about a choice among items", "query", "ann", "--item=i1", EPSILON),
        mistake("about a choice among items", "query", "toys", "Rag doll", "--seen"),
        mistake("is not a duration, expected a number and ms", "query", "a", "b", "--wait", "5"),
        mistake("lineage 'Not A Lineage' is not a name", "query", "a", "b", "--lineage", NOT),
        mistake("--label ID or --value N, got neither", "send", "example", "toys", "text"),
        mistake("--label ID or --value N, got both", "send", "outcome", "t", "q", "--label=a", ONE),
        mistake("TEXT or an --item, got neither", "send", "example", "ann", ONE),
        mistake("TEXT or an --item, got both", "send", "example", "ann", "text", "--item=i", ONE),
        mistake("task 'ann' is its own parent", "send", "open", "ann", "--parent=ann"),
        mistake("Missing required parameter: 'ITEM'", "send", "item"),
        mistake("--seconds stands before the command", "bench", "--seconds=1", "sine"),
        mistake("TEXT is empty", "send", "example", "toys", "--label", "cars", " "),
        mistake(
            "label 'cars' stands twice", "send", "open", "t", "--label", "cars", "--label=cars"),
        mistake("expected one of predictions, events", "tail", "--topic", "gossip"),
        mistake("--count is 0, expected at least 1", "tail", "--count", "0"),
        mistake("--events is 1, expected 1000 to", "load", "--events", "1"),
        mistake("--users is 0, expected 1 to", "load", "readers", "--users", "0"),
        mistake("--queries is 0.95, expected 0 to 0.9", "load", "readers", "--queries", "0.95"),
        mistake("Unmatched argument at index 0: 'dmeo'", "dmeo"),
        mistake("--bootstrap means nothing to `freshet up`", "--bootstrap", "a:1", "up"),
        mistake("--lineage means nothing to `freshet send raw`", "send", "--lineage=a", "raw"),
        mistake("Unknown options: '--bootstrap', 'a:1'", "demo", "--bootstrap", "a:1"),
        mistake("--refresh-every is 0, expected more", "up", "--refresh-every", "0s"),
        mistake("Missing required option: '--every=DURATION'", "trainer"),
        mistake("steps is 0, expected 1 to", "refresh", "--steps", "0"),
        mistake("Missing required subcommand", "releases"),
        mistake("Missing required subcommand", "send"));
  }

  private static final String NOT = "Not A Lineage";
  private static final String OF_USERS = "--user-segments=s.dat";
  private static final String CUT = "--cut-time=60%";
  private static final String HELD = "--hold-back-items=some";
  private static final String ONE_ROW = "--rows=1";
  private static final String ONE = "--value=1";
  private static final String EXPLORE = "--explore=lots";
  private static final String EPSILON = "--explore=epsilon";

  private static Arguments mistake(String said, String... typed) {
    return Arguments.of(said, typed);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakesEndWithStatusTwoAndSayWhatWasExpected(String said, String[] typed) {
    assertThat(console.run(typed)).isEqualTo(2);
    assertThat(console.err()).contains(said);
    assertThat(console.out()).isEmpty();
  }

  /** Not after a broker has started, or texts were embedded for half a minute. */
  @ParameterizedTest
  @ValueSource(strings = {"demo --once", "demo readers --once", "load", "train --out=unused"})
  void aDeviceThatIsNotThereIsRefusedAtOnce(String command) {
    assumeFalse(OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA));
    List<String> typed = new ArrayList<>(List.of(command.split(" ")));
    typed.add("--device=cuda");
    assertThat(console.run(typed.toArray(String[]::new))).isEqualTo(1);
    assertThat(console.err())
        .startsWith("freshet: Device 'cuda' cannot be used: this build of ONNX Runtime has no CUDA")
        .contains("or choose 'cpu' or 'auto'");
  }

  @Test
  void aColumnThatIsNotThereIsAnsweredWithThoseThatAre(@TempDir Path directory) throws Exception {
    Path table = Files.writeString(directory.resolve("t.csv"), "title,kind\na,b\n");
    int status =
        console.run("demo", "--csv", table.toString(), "--text", "titel", "--label", "kind");
    assertThat(status).isEqualTo(2);
    assertThat(console.err()).contains("no column 'titel'").contains("title, kind");
  }

  /** What was trained on says nothing of what was learned. */
  @Test
  void aTableThatWasTrainedOnIsNotJudgedOn(@TempDir Path directory) throws Exception {
    StringBuilder rows = new StringBuilder("title,kind\n");
    for (int row = 0; row < 60; row++) {
      rows.append("zq text ").append(row).append(",zq kind ").append(row % 3).append('\n');
    }
    String table = Files.writeString(directory.resolve("t.csv"), rows).toString();
    int status =
        console.run(
            "evaluate",
            "--csv",
            table,
            "--trained-on",
            table,
            "--text",
            "title",
            "--label",
            "kind",
            "--ways",
            "all",
            "--shots",
            "1");
    assertThat(status).isEqualTo(2);
    assertThat(console.err()).contains("on both sides of the split").contains("was trained on");
    assertThat(console.out()).isEmpty();
  }

  static Stream<Arguments> placesOfAnOption() {
    String option = "--bootstrap=127.0.0.1:1";
    return Stream.of(
        line("query", "toys", "doll", option),
        line(option, "query", "toys", "doll"),
        line("send", "open", "toys", option),
        line("send", option, "open", "toys"),
        line(option, "send", "open", "toys"),
        line("releases", option, "list"),
        line("--json", "task", option, "show", "toys"),
        line(option, "-v", "tail", "--json"));
  }

  private static Arguments line(String... typed) {
    return Arguments.of((Object) typed);
  }

  @ParameterizedTest
  @MethodSource("placesOfAnOption")
  void sharedOptionsMayStandAnywhere(String[] typed) {
    CommandLine line = FreshetCommand.line(Console.system());
    line.parseArgs(typed);
    FreshetCommand door = line.getCommand();
    assertThat(door.shared().bootstrap()).isEqualTo("127.0.0.1:1");
    assertThat(door.shared().json()).isEqualTo(List.of(typed).contains("--json"));
    line.parseArgs("query", "toys", "doll");
    assertThat(door.shared().bootstrap()).isEqualTo("127.0.0.1:9092");
  }

  @Test
  void whereNoBrokerAnswersTheStatusIsThree() {
    assertThat(console.run("send", "--bootstrap=127.0.0.1:1", "open", "toys")).isEqualTo(3);
    assertThat(console.err()).contains("No Kafka broker answers at 127.0.0.1:1").contains("up");
    assertThat(console.out()).isEmpty();
  }

  @Test
  void everyCommandHasHelpWithAnExampleAndTheExitStatuses() {
    FreshetCommand.line(Console.system())
        .getSubcommands()
        .forEach(
            (name, command) -> {
              if (!command.getCommandSpec().usageMessage().hidden()) {
                assertThat(command.getUsageMessage())
                    .as(name)
                    .containsIgnoringCase("example")
                    .contains("freshet " + name);
              }
            });
    assertThat(FreshetCommand.line(Console.system()).getUsageMessage())
        .contains("Exit status")
        .contains("130");
  }
}

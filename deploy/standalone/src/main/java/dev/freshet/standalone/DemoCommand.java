package dev.freshet.standalone;

import dev.freshet.adaptation.runtime.Device;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.demo.Demo;
import dev.freshet.standalone.demo.DemoDocument;
import dev.freshet.standalone.demo.DemoReport;
import dev.freshet.standalone.demo.DemoSettings;
import dev.freshet.standalone.demo.ProgressView;
import dev.freshet.standalone.stack.LocalStack;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet demo}: tasks that the release has never seen, as a stream. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    header = "Stream tasks the release has never seen, and watch it adapt.",
    description = {
      "",
      "Starts everything on free ports with a directory of its own and leaves nothing behind. Tasks"
          + " are categories of WordNet nouns, or labels of your own table. After every example"
          + " four queries are asked; the table shows how often the answer was right, by the"
          + " number of examples the true label had.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  freshet demo",
      "  freshet demo --once --json",
      "  freshet demo readers --once     users and items instead: a simulation, or your own ratings",
      "  freshet demo --once --csv toys.csv --text title --label category",
      "  freshet demo --once --csv intents.tsv --text text --label intent --delimiter '\\t' --ways 10",
      "",
      "Columns: adapted is the release adapted to the examples; prototype the nearest mean of the",
      "same names and examples, the yardstick; un-adapted the release with the names alone.",
      "",
      "With --json, one document. Everything in it can be counted again from the topics:",
      "  queries, answered, missing, duplicates, rejected   of the whole log, warm-up included",
      "  adaptations            computed by the job since its start, warm-up included",
      "  accuracyByShots        list of shots, queries, adapted, prototype, unadapted (0 to 1);",
      "                         shots are examples of the true label when the query was asked",
      "  latencyMillis          p50, p99, query appended to answer appended, by the broker's clock;",
      "                         warm-up left out",
      "  warmUp                 taskPrefix, queries, latencyMillis of what was asked before the",
      "                         stream began, so that every part of the job had run once",
      "  release, engine        what answered, and on which device",
      "  topics                 bootstrap, taskEvents, predictions, rejectedEvents, scores, releases",
      "  firstPredictionSeconds from the start of the process to the stream's first answer",
      "  tasks, seed, corpus, skipped, processesRssMiB, notes",
      "Exit status: 0 all answered, 1 it failed, 2 wrong options, 4 answers are missing."
    })
final class DemoCommand implements Runnable {
  private final Console console;
  private final SharedOptions shared;

  @Option(names = "--once", description = "End when all tasks are answered and judged.")
  private boolean once;

  @Option(
      names = "--ways",
      paramLabel = "N",
      defaultValue = "5",
      description = "Labels of a task. Default: ${DEFAULT-VALUE}.")
  private int ways = 5;

  @Option(
      names = "--shots-max",
      paramLabel = "K",
      defaultValue = "10",
      description = "Examples a label gets. Default: ${DEFAULT-VALUE}.")
  private int shotsMax = 10;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "How many. Default: 12 with --once, else without end.")
  private Optional<Integer> tasks = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "The same seed makes the same tasks. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--rate",
      paramLabel = "EVENTS",
      defaultValue = "120",
      description =
          "Events a second. Default: ${DEFAULT-VALUE}, which two cores follow; with more than the"
              + " machine can do, latency shows a queue.")
  private int rate = 120;

  @Mixin private final TableOptions table = new TableOptions();

  @Mixin private final DemoEnding ending = new DemoEnding();

  @Mixin private final JobOptions job = new JobOptions(Device.AUTO);

  static CommandLine line(Console console, SharedOptions shared) {
    return new CommandLine(new DemoCommand(console, shared))
        .addSubcommand(new ReadersDemoCommand(console, shared));
  }

  private DemoCommand(Console console, SharedOptions shared) {
    this.console = console;
    this.shared = shared;
  }

  @Override
  public void run() {
    DemoSettings settings = Input.checked(this::settings);
    CompletableFuture<Demo> prepared = CompletableFuture.supplyAsync(() -> Demo.prepare(settings));
    settings.table().ifPresent(source -> TableOptions.usable(prepared::join));
    TemporaryStack.use(
        "demo",
        job.settings(),
        console,
        (stack, life) -> run(TableOptions.usable(prepared::join), stack, life));
  }

  private void run(Demo demo, LocalStack stack, UntilInterrupted life) {
    DemoReport report = new DemoReport(console);
    report.introduce(demo, stack);
    DemoDocument document = demo.run(stack, console, display(shared), life::isEnding);
    if (shared.json()) {
      console.document(document);
    } else {
      report.summarise(document);
    }
    ending.end(document, stack, life, console);
  }

  static ProgressView.Display display(SharedOptions shared) {
    if (!shared.json() && Terminal.isStdout()) {
      return ProgressView.Display.TABLE;
    }
    return Terminal.isStderr() ? ProgressView.Display.BAR : ProgressView.Display.LINES;
  }

  private DemoSettings settings() {
    OptionalInt count =
        tasks.isPresent()
            ? OptionalInt.of(tasks.get())
            : once || ending.isKept()
                ? OptionalInt.of(DemoSettings.TASKS_DEFAULT)
                : OptionalInt.empty();
    return new DemoSettings(
        ways, shotsMax, count, seed, rate, table.source(DemoSettings.rowsPerLabelMin(shotsMax)));
  }
}

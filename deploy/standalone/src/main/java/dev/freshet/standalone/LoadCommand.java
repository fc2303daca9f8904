package dev.freshet.standalone;

import dev.freshet.adaptation.runtime.Device;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.load.LoadDocument;
import dev.freshet.standalone.load.LoadDocument.JobFigures;
import dev.freshet.standalone.load.LoadDocument.SwapFigures;
import dev.freshet.standalone.load.LoadRun;
import dev.freshet.standalone.load.LoadSettings;
import dev.freshet.standalone.load.LoadedRelease;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet load}: figures for this machine. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    header = "Measure the job here, beside a job that does nothing.",
    description = {
      "",
      "Events by vectors, one example to four queries. Both jobs read, decode, key and write the"
          + " same number of bytes; throughput is with a full log, latency at a settled rate, both"
          + " by the broker's clock. Figures are printed, nothing is judged.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  freshet load --json",
      "  freshet load --tasks 10000 --rate 2000 --seconds 60",
      "  freshet load --release shipped",
      "  freshet load --swap --rate 1000",
      "  freshet load readers --users 1000000",
      "",
      "With --json: passThrough and adaptation (eventsPerSecond, cpuMicrosPerEvent, p50Millis,",
      "p99Millis), throughputShare, addedP99Millis, encoderTitlesPerSecond, processesRssMiB,",
      "predictionBytes, settings, machine; with --swap also swap (unanswered, steadyP99Millis,",
      "swapP99Millis of the ten seconds around the fence, firstPredictionMillis)."
    })
final class LoadCommand implements Runnable {
  private final Console console;
  private final SharedOptions shared;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "300000",
      description = "In the log before each job starts. Default: ${DEFAULT-VALUE}.")
  private int events = 300_000;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Live tasks. Default: ${DEFAULT-VALUE}.")
  private int tasks = 2_000;

  @Option(
      names = "--dim",
      paramLabel = "N",
      defaultValue = "384",
      description = "Length of the vectors; the release's. Default: ${DEFAULT-VALUE}.")
  private int dimension = 384;

  @Option(
      names = "--rate",
      paramLabel = "EVENTS",
      defaultValue = "1000",
      description = "Events a second where latency is measured. Default: ${DEFAULT-VALUE}.")
  private int rate = 1_000;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "20",
      description = "How long latency is measured, for each job. Default: ${DEFAULT-VALUE}.")
  private int seconds = 20;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "The same seed makes the same events. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--release",
      paramLabel = "WHICH",
      defaultValue = "prototypes",
      converter = ReleaseText.class,
      description =
          "prototypes, whose adapting costs next to nothing, so that the job is measured; or"
              + " shipped, with its learner's time. Default: ${DEFAULT-VALUE}.")
  private LoadedRelease release = LoadedRelease.PROTOTYPES;

  @Option(
      names = "--swap",
      description =
          "Also put another release in force under load, and see what becomes of queries.")
  private boolean swap;

  @Option(
      names = "--swap-to",
      paramLabel = "DIR",
      description = "The release for --swap; what ships, under another id, where none is given.")
  private Optional<Path> swapTo = Optional.empty();

  @Mixin private final JobOptions job = new JobOptions(Device.CPU);

  static final class ReleaseText implements ITypeConverter<LoadedRelease> {
    @Override
    public LoadedRelease convert(String text) {
      return Choice.of(LoadedRelease.class, text);
    }
  }

  private LoadCommand(Console console, SharedOptions shared) {
    this.console = console;
    this.shared = shared;
  }

  static CommandLine line(Console console, SharedOptions shared) {
    CommandLine line = new CommandLine(new LoadCommand(console, shared));
    line.addSubcommand(new LoadReadersCommand(console, shared));
    line.addSubcommand(new LoadJobCommand());
    return line;
  }

  @Override
  public void run() {
    LoadSettings settings =
        Input.checked(
            () ->
                new LoadSettings(
                    events,
                    tasks,
                    dimension,
                    rate,
                    seconds,
                    seed,
                    release,
                    job.settings(),
                    swap || swapTo.isPresent(),
                    swapTo));
    LoadDocument document;
    try (TemporaryDirectory directory = TemporaryDirectory.make("load", console)) {
      document = new LoadRun(settings, directory.data(), step -> console.note(step + " …")).run();
    }
    if (shared.json()) {
      console.document(document);
    } else {
      print(document);
    }
  }

  private void print(LoadDocument document) {
    print("pass-through", document.passThrough());
    print("adaptation", document.adaptation());
    SwapFigures swapped = document.swap();
    if (swapped != null) {
      console.result(
          String.format(
              Locale.ROOT,
              "swap to %s: %d of %d queries unanswered, p99 %d ms in the ten seconds around it, %d ms"
                  + " otherwise; first prediction after %d ms",
              swapped.release(),
              swapped.unanswered(),
              swapped.queries(),
              swapped.swapP99Millis(),
              swapped.steadyP99Millis(),
              swapped.firstPredictionMillis()));
    }
    console.result(
        String.format(
            Locale.ROOT,
            "share of the floor's throughput %.2f · added p99 %d ms · encoder %.0f titles/s · %s",
            document.throughputShare(),
            document.addedP99Millis(),
            document.encoderTitlesPerSecond(),
            document.processesRssMiB() == null
                ? "memory unknown"
                : document.processesRssMiB() + " MiB at most"));
  }

  private void print(String name, JobFigures figures) {
    console.result(
        String.format(
            Locale.ROOT,
            "%-13s %,9.0f events/s    p50 %d ms    p99 %d ms",
            name,
            figures.eventsPerSecond(),
            figures.p50Millis(),
            figures.p99Millis()));
  }
}

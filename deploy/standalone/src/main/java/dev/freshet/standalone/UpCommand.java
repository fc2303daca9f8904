package dev.freshet.standalone;

import dev.freshet.adaptation.runtime.Device;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.console.LogSetup;
import dev.freshet.standalone.stack.DataDirectory;
import dev.freshet.standalone.stack.LocalStack;
import dev.freshet.standalone.stack.StackSettings;
import dev.freshet.trainer.publish.ShippedRelease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet up}: everything on this machine, until interrupted. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    header = "Start everything here and run until interrupted.",
    description = {
      "",
      "A Kafka broker, the Flink job and the scoreboard, on loopback. What is said is kept in the"
          + " data directory: stop it anywhere, also with SIGKILL, start it again, and nothing is"
          + " lost. Two lineages are served: categories (labels of texts) and readers (a simulation:"
          + " users who rate items); put your own release in force with `freshet releases activate`.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  freshet up",
      "  freshet up --data-dir /var/tmp/freshet --port 9192 --web-port 8181",
      "  freshet up --delivery exactly-once",
      "  freshet up --refresh-every 10m",
      "",
      "With --json: bootstrap, web, scoreboard, releases (by lineage; release is that of categories).",
      "Exit status: 1 it could not start or the job failed for good, 2 wrong options, 130",
      "interrupted, 143 terminated; in each case everything said is kept."
    })
final class UpCommand implements Runnable {
  static final String DATA_DIRECTORY = "./.freshet";

  private final Console console;
  private final SharedOptions shared;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = DATA_DIRECTORY,
      description = "Where everything is kept. Default: ${DEFAULT-VALUE}.")
  private Path directory = Path.of(DATA_DIRECTORY);

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "Of the broker; 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int port = 9092;

  @Option(
      names = "--web-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "Of Flink's web UI; 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int webPort = 8081;

  @Option(
      names = "--scoreboard-port",
      paramLabel = "PORT",
      defaultValue = "8082",
      description = "Of the scoreboard; 0 for any free one. Default: ${DEFAULT-VALUE}.")
  private int scoreboardPort = 8082;

  @Option(
      names = "--refresh-every",
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "Also run `freshet trainer` so often, beside the job. Default: never.")
  private Optional<Duration> refreshEvery = Optional.empty();

  @Mixin private final JobOptions job = new JobOptions(Device.AUTO);

  UpCommand(Console console, SharedOptions shared) {
    this.console = console;
    this.shared = shared;
  }

  @Override
  public void run() {
    if (refreshEvery.filter(Duration::isZero).isPresent()) {
      throw Input.misuse("--refresh-every is 0, expected more, e.g. 10m.");
    }
    StackSettings settings =
        new StackSettings(
            port("--port", port),
            port("--web-port", webPort),
            port("--scoreboard-port", scoreboardPort),
            job.settings(),
            refreshEvery);
    DataDirectory data = DataDirectory.take(directory);
    LogSetup.toFile(data.logs().resolve("freshet.log"));
    console.note("data: " + data.root());
    try (UntilInterrupted life = new UntilInterrupted();
        LocalStack stack =
            LocalStack.start(
                settings,
                data,
                step -> console.note(step + " …"),
                closer -> life.beforeExit(() -> stop(closer, data)))) {
      announce(stack);
      life.await(stack::isAlive);
      throw new CommandFailure(
          Exit.FAILED,
          "The job has failed for good: "
              + stack.job().failure()
              + ". See "
              + data.logs().resolve("freshet.log")
              + "; start again to continue from the last checkpoint.");
    }
  }

  private void stop(Runnable closer, DataDirectory data) {
    console.note("stopping …");
    closer.run();
    data.close();
    console.note("stopped; `freshet up` continues from here");
  }

  private void announce(LocalStack stack) {
    if (shared.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("bootstrap", stack.broker().bootstrapServers());
      document.put("web", stack.webUi().toString());
      document.put("scoreboard", stack.scoreboard().address().toString());
      document.put("release", stack.release(ShippedRelease.CATEGORIES.lineage()));
      document.put("releases", releases(stack));
      console.document(document);
    } else {
      console.result(Welcome.text(stack));
    }
  }

  private static Map<String, String> releases(LocalStack stack) {
    Map<String, String> releases = new LinkedHashMap<>();
    stack.champions().forEach((lineage, entry) -> releases.put(lineage, entry.release()));
    return releases;
  }

  private static int port(String option, int value) {
    if (value < 0 || value > 65_535) {
      throw Input.misuse(option + " is " + value + ", expected 0 (any free one) to 65535.");
    }
    return value;
  }
}

package dev.freshet.standalone;

import dev.freshet.encoders.MiniLmEncoder;
import dev.freshet.encoders.TextEncoder;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.console.LogSetup;
import dev.freshet.standalone.refresh.LineageRefresh;
import dev.freshet.standalone.refresh.RefreshDocument;
import dev.freshet.standalone.refresh.RefreshLoop;
import dev.freshet.standalone.refresh.RefreshPlace;
import dev.freshet.trainer.refresh.RefreshListener;
import dev.freshet.trainer.refresh.RefreshSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet trainer}: refreshes on a timer, until interrupted. */
@Command(
    name = "trainer",
    mixinStandardHelpOptions = true,
    header = "Learn from the tasks that have gone by, again and again.",
    description = {
      "",
      "As `freshet refresh`, at once and then on a timer. The log is read on from where it was; a"
          + " refresh that fails is reported, and the next one comes.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  freshet trainer --every 10m",
      "  freshet up --refresh-every 10m      the same, as a child of `up`",
      "",
      "With --json: a document of `freshet refresh` a line.",
      "Exit status: 1 it could not start or another refresh is under way, 2 wrong options, 3 no",
      "broker, 130 interrupted, 143 terminated."
    })
final class TrainerCommand implements Runnable {
  private final Console console;
  private final SharedOptions shared;

  @Mixin private final RefreshOptions options = new RefreshOptions();

  @Option(
      names = "--every",
      required = true,
      paramLabel = "DURATION",
      converter = DurationText.class,
      description = "From the beginning of one refresh to that of the next, e.g. 10m.")
  private Duration every = Duration.ofMinutes(10);

  @Option(names = "--log-file", hidden = true)
  private Optional<Path> logFile = Optional.empty();

  @Option(names = "--until-stdin-closes", hidden = true)
  private boolean child;

  TrainerCommand(Console console, SharedOptions shared) {
    this.console = console;
    this.shared = shared;
  }

  @Override
  public void run() {
    logFile.ifPresent(LogSetup::toFile);
    RefreshSettings settings = Input.checked(options::settings);
    if (every.isZero()) {
      throw Input.misuse("--every is 0, expected more, e.g. 10m.");
    }
    if (child) {
      endWithStandardInput();
    }
    BrokerLink broker = shared.reachable();
    try (RefreshPlace place = options.take(shared.lineage());
        TextEncoder encoder = MiniLmEncoder.create();
        LineageRefresh refresh =
            new LineageRefresh(shared.lineage(), broker, place, encoder, settings)) {
      new RefreshLoop(
              () -> refresh.once(RefreshListener.SILENT), every, this::report, console::note)
          .runUntilInterrupted();
    }
  }

  private void report(RefreshDocument document) {
    if (shared.json()) {
      console.documentLine(document);
    } else {
      console.result(RefreshText.of(document));
    }
  }

  /** It closes however the parent ends; a refresh may be ended anywhere. */
  private static void endWithStandardInput() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // The parent sends nothing; what counts is the end.
                }
              } catch (IOException e) {
                // As good as an end.
              }
              Runtime.getRuntime().halt(0);
            },
            "freshet-parent-watch");
    watch.setDaemon(true);
    watch.start();
  }
}

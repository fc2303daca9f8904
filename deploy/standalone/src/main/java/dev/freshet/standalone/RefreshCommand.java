package dev.freshet.standalone;

import dev.freshet.encoders.MiniLmEncoder;
import dev.freshet.encoders.TextEncoder;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.refresh.LineageRefresh;
import dev.freshet.standalone.refresh.RefreshDocument;
import dev.freshet.standalone.refresh.RefreshPlace;
import dev.freshet.trainer.refresh.RefreshSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code freshet refresh}: learns from the tasks that have gone by, once. */
@Command(
    name = "refresh",
    mixinStandardHelpOptions = true,
    header = "Learn from the tasks that have gone by, once.",
    description = {
      "",
      "Reads the whole log, trains from the release in force on the classes of its tasks, and sets"
          + " what comes of it against that release on classes that neither training nor any choice"
          + " saw. Only what is better beyond noise is put in force; the running job then re-bases"
          + " each task at its next query. May be ended anywhere: the release in force serves on.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  freshet refresh",
      "  freshet refresh --data-dir /var/tmp/freshet --bootstrap 127.0.0.1:9192 --json",
      "",
      "With --json: decision (ACTIVATED, KEPT, NOT_ENOUGH), reason, log, read, classes, training,",
      "streams, even and recurring (challenger, champion, accuracyLead, logLossLead), expectedLead,",
      "release, epoch, seconds.",
      "Exit status: 0 whatever the decision, 1 it failed or another refresh is under way, 2 wrong",
      "options, 3 no broker, 4 the release in force is damaged."
    })
final class RefreshCommand implements Runnable {
  private final Console console;
  private final SharedOptions shared;

  @Mixin private final RefreshOptions options = new RefreshOptions();

  RefreshCommand(Console console, SharedOptions shared) {
    this.console = console;
    this.shared = shared;
  }

  @Override
  public void run() {
    RefreshSettings settings = Input.checked(options::settings);
    BrokerLink broker = shared.reachable();
    RefreshDocument document;
    try (RefreshPlace place = options.take(shared.lineage());
        TextEncoder encoder = MiniLmEncoder.create();
        LineageRefresh refresh =
            new LineageRefresh(shared.lineage(), broker, place, encoder, settings);
        RefreshProgress progress = new RefreshProgress()) {
      document = refresh.once(progress);
    }
    if (shared.json()) {
      console.document(document);
    } else {
      console.result(RefreshText.of(document));
    }
  }
}

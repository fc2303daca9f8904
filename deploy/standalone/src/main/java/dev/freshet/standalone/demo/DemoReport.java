package dev.freshet.standalone.demo;

import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.stack.LocalStack;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.Skipped;
import java.util.Locale;

/** What a demo says in words. */
public final class DemoReport {
  private final Console console;

  public DemoReport(Console console) {
    this.console = console;
  }

  public void introduce(Demo demo, LocalStack stack) {
    Corpus corpus = demo.corpus();
    console.note(
        String.format(
            Locale.ROOT,
            "%s: %d categories, %,d texts; Kafka at %s, Flink's web UI at %s",
            corpus.name(),
            corpus.categories().size(),
            corpus.texts(),
            stack.broker().bootstrapServers(),
            stack.webUi()));
    Skipped skipped = corpus.skipped();
    if (skipped.texts() > 0) {
      console.note(
          String.format(
              Locale.ROOT,
              "left out: %,d unreadable rows, %,d repeated texts, %,d texts under several labels,"
                  + " %,d labels with too few texts (%,d texts)",
              skipped.unreadableRows(),
              skipped.repeatedTexts(),
              skipped.ambiguousTexts(),
              skipped.smallCategories(),
              skipped.textsOfSmallCategories()));
    }
  }

  public void summarise(DemoDocument document) {
    AccuracyTable.lines(document.accuracyByShots()).forEach(console::result);
    console.result("");
    console.result(document.inWords());
    console.result(
        String.format(
            Locale.ROOT,
            "from query to answer: %d ms (median), %d ms (99 of 100), by the broker's clock, without"
                + " the %d of the warm-up",
            document.latencyMillis().p50(),
            document.latencyMillis().p99(),
            document.warmUp().queries()));
    console.result(
        String.format(
            "release %s on %s; a recount of the topics agrees with the scoreboard",
            document.release(), document.engine()));
  }
}

package dev.freshet.standalone;

import dev.freshet.standalone.refresh.RefreshDocument;
import dev.freshet.trainer.evaluation.DuelScore;
import java.util.Locale;

/** A refresh in lines for people. */
final class RefreshText {
  private RefreshText() {}

  static String of(RefreshDocument document) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %,d events, %d tasks, %d classes with enough texts (%d with fewer)%n",
            document.lineage(),
            document.read().events(),
            document.tasks(),
            document.usableClasses(),
            document.tooSmallClasses()));
    DuelScore streams = document.streams();
    DuelScore even = document.even();
    if (streams != null && even != null) {
      text.append(line("new classes", streams)).append(line("even", even));
      DuelScore recurring = document.recurring();
      text.append(recurring == null ? "" : line("recurring", recurring));
    }
    text.append(document.reason()).append(System.lineSeparator());
    text.append(
        switch (document.decision()) {
          case ACTIVATED ->
              "release %s is in force from here on, epoch %d"
                  .formatted(document.release(), document.epoch());
          case KEPT, NOT_ENOUGH, NOTHING_NEW -> "release " + document.champion() + " serves on";
        });
    return text.toString();
  }

  private static String line(String protocol, DuelScore score) {
    return String.format(
        Locale.ROOT,
        "  %-12s %.2f %% (champion %.2f %%), %+.2f ± %.2f, log loss lower by %.4f ± %.4f%n",
        protocol,
        100 * score.challenger().mean(),
        100 * score.champion().mean(),
        100 * score.accuracyLead().mean(),
        100 * score.accuracyLead().ci95(),
        score.logLossLead().mean(),
        score.logLossLead().ci95());
  }
}

package dev.freshet.trainer.report;

import dev.freshet.trainer.evaluation.Entrant;
import dev.freshet.trainer.evaluation.EvaluationResults;
import dev.freshet.trainer.evaluation.EvaluationSettings;
import dev.freshet.trainer.evaluation.PairedDifference;
import dev.freshet.trainer.evaluation.Protocol;
import dev.freshet.trainer.evaluation.Result;
import dev.freshet.trainer.evaluation.Shots;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;

/** A page in Markdown, with its plots as PNG files beside it. */
public final class EvaluationReport {
  public static final String PAGE = "evaluation.md";

  private final EvaluationResults results;
  private final StringBuilder page = new StringBuilder();

  private EvaluationReport(EvaluationResults results) {
    this.results = results;
  }

  /**
   * Writes {@value #PAGE} and its plots.
   *
   * @param directory created where it is missing; files of these names are replaced
   * @return the page
   */
  public static Path write(EvaluationResults results, Path directory) {
    try {
      Files.createDirectories(directory);
      EvaluationReport report = new EvaluationReport(results);
      report.head();
      for (Section section : Section.of(results)) {
        report.section(section, directory);
      }
      report.notes();
      return Files.writeString(directory.resolve(PAGE), report.page);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the report to " + directory + ".", e);
    }
  }

  private void head() {
    EvaluationSettings settings = results.settings();
    line("# Evaluation on %s", settings.corpus().name());
    line("");
    String releases =
        settings.entrants().stream()
            .map(EvaluationReport::described)
            .collect(Collectors.joining("; "));
    line("Judged: %s.", releases);
    line(
        "Corpus: %d labels, %d texts. %s, seed %d. Took %.1f s.",
        settings.corpus().categories().size(),
        settings.corpus().texts(),
        described(settings.protocol(), settings.episodes()),
        settings.seed(),
        results.seconds());
    results.notices().forEach(notice -> line("%nNote: %s", notice));
  }

  private static String described(Entrant entrant) {
    return "`%s` is release %s (%s)"
        .formatted(
            entrant.name(),
            entrant.release().manifest().release(),
            entrant.release().digest().substring(0, 12));
  }

  private static String described(Protocol protocol, int episodes) {
    if (protocol instanceof Protocol.Stream stream) {
      return "Streams of %d tasks with %d labels, up to %d examples each, labels appearing one after another"
          .formatted(episodes, stream.ways(), stream.shotsMax());
    }
    return "%d episodes a row".formatted(episodes);
  }

  private void section(Section section, Path directory) throws IOException {
    line("%n## %s%n", capitalised(section.title()));
    table(section);
    pairs(section);
    String corpus = results.settings().corpus().name();
    plot(
        Plots.accuracyByShots(corpus, section),
        directory,
        "accuracy-" + section.slug() + ".png",
        "Accuracy by shots");
    plot(
        Plots.reliability(corpus, section, section.typicalShots()),
        directory,
        "reliability-" + section.slug() + ".png",
        "Reliability");
  }

  private void table(Section section) {
    line("| shots | learner | accuracy %% | ECE %% | log loss | adapt µs/task | queries |");
    line("|---|---|---|---|---|---|---|");
    for (Shots shots : section.shots()) {
      for (String learner : section.learners()) {
        section.result(learner, shots).ifPresent(this::row);
      }
    }
  }

  private void row(Result row) {
    String interval = row.ci95().isPresent() ? text(" ± %.1f", 100 * row.ci95().getAsDouble()) : "";
    line(
        "| %s | %s | %.1f%s | %.1f | %.3f | %.0f | %d |",
        row.shots(),
        row.learner(),
        100 * row.accuracy(),
        interval,
        100 * row.ece(),
        row.logLoss(),
        row.adaptMicros(),
        row.queries());
  }

  private void pairs(Section section) {
    List<PairedDifference> pairs =
        results.paired().stream()
            .filter(pair -> pair.ways().equals(section.ways()))
            .filter(pair -> pair.names() == section.names())
            .toList();
    if (pairs.isEmpty()) {
      return;
    }
    line("%nOn the same questions, in points; bold where the interval leaves zero out.%n");
    line("| shots | learner | against | difference |");
    line("|---|---|---|---|");
    for (PairedDifference pair : pairs) {
      String difference = text("%+.1f ± %.1f", 100 * pair.difference(), 100 * pair.ci95());
      line(
          "| %s | %s | %s | %s |",
          pair.shots(),
          pair.learner(),
          pair.against(),
          pair.beyondNoise() ? "**" + difference + "**" : difference);
    }
  }

  private void plot(XYChart chart, Path directory, String file, String title) throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(directory.resolve(file)))) {
      ChartEncoder.saveChart(chart, out, "png");
    }
    line("%n![%s](%s)", title, file);
  }

  private void notes() {
    line("%n## How to read it%n");
    line("- ± is half the width of the 95 %% interval over episodes (of a stream, over tasks).");
    line(
        "- ECE: expected calibration error, 15 bins of equal width of the best answer's probability.");
    line("- `unadapted` is the first learner with the label names and no example; `prototype` the");
    line(
        "  nearest mean in the encoder's space; `logistic-regression` is fitted to convergence to");
    line("  every support, with C = %s.", results.settings().logisticConstant());
    line("- Adaptation is timed in batches on one thread, without encoding and answering.");
  }

  private static String capitalised(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private void line(String format, Object... values) {
    page.append(text(format, values)).append('\n');
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

package dev.freshet.standalone;

import dev.freshet.adaptation.release.Release;
import dev.freshet.standalone.console.Console;
import dev.freshet.trainer.recommendation.Metric;
import dev.freshet.trainer.recommendation.ReaderEvaluation;
import dev.freshet.trainer.recommendation.ReaderEvaluationSettings;
import dev.freshet.trainer.recommendation.ReaderResults;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code freshet evaluate --ratings}: a release judged on users it has never seen. */
final class ReaderEvaluate {
  /** What only users are judged by. */
  static final class Options {
    @Option(
        names = "--events",
        paramLabel = "K,…",
        split = ",",
        defaultValue = "0,1,5,20",
        description = "With --ratings: own events of a user. Default: ${DEFAULT-VALUE}.")
    private List<Integer> events = List.of(0, 1, 5, 20);

    @Option(
        names = "--relevant-from",
        paramLabel = "V",
        defaultValue = "4",
        description =
            "With --ratings: a later item rated so well should have been shown. Default:"
                + " ${DEFAULT-VALUE}.")
    private double relevantFrom = 4;

    @Option(
        names = "--user-ratings-min",
        paramLabel = "N",
        defaultValue = "10",
        description =
            "With --ratings: judge users of N ratings or more. Default: ${DEFAULT-VALUE}.")
    private int userRatingsMin = 10;

    @Option(
        names = "--item-statistics",
        paramLabel = "HOW",
        defaultValue = "streamed",
        description =
            "With --ratings: streamed (they follow the events, as in the job) or frozen (as at the"
                + " cut). Default: ${DEFAULT-VALUE}.")
    private String itemStatistics = "streamed";
  }

  private final Console console;
  private final SharedOptions shared;

  ReaderEvaluate(Console console, SharedOptions shared) {
    this.console = console;
    this.shared = shared;
  }

  void run(RatingOptions.Data data, Release release, Options options, long seed) {
    ReaderResults results =
        Input.checked(() -> ReaderEvaluation.run(settings(data, release, options, seed)));
    if (shared.json()) {
      console.result(results.toJson());
    } else {
      print(results);
    }
  }

  private static ReaderEvaluationSettings settings(
      RatingOptions.Data data, Release release, Options options, long seed) {
    if (!List.of("streamed", "frozen").contains(options.itemStatistics)) {
      throw Input.misuse(
          "--item-statistics is '" + options.itemStatistics + "', expected streamed or frozen.");
    }
    return new ReaderEvaluationSettings(
        release,
        data.log(),
        data.split(),
        data.attributes(),
        options.events,
        options.relevantFrom,
        options.userRatingsMin,
        options.itemStatistics.equals("streamed"),
        seed,
        data.segments());
  }

  private void print(ReaderResults results) {
    console.result(
        "learner            events users           MAE          RMSE       nDCG@10         HR@10"
            + "     recall@20");
    for (ReaderResults.Line line : results.lines()) {
      StringBuilder row = new StringBuilder();
      row.append(
          String.format(Locale.ROOT, "%-18s %6d %5d", line.learner(), line.events(), line.users()));
      for (Metric metric : Metric.values()) {
        row.append(cell(line.figures(), metric));
      }
      console.result(row.toString());
    }
    console.result("");
    console.result("paired, beyond the 95 % interval:");
    results.paired().stream()
        .filter(ReaderResults.Paired::beyondNoise)
        .forEach(
            pair ->
                console.result(
                    String.format(
                        Locale.ROOT,
                        "%-18s − %-18s %3d events  %-14s %+.3f ± %.3f",
                        pair.learner(),
                        pair.against(),
                        pair.events(),
                        pair.metric(),
                        pair.difference().value(),
                        pair.difference().ci95())));
  }

  private static String cell(Map<Metric, ReaderResults.Figure> figures, Metric metric) {
    ReaderResults.Figure figure = figures.get(metric);
    return figure == null
        ? String.format("%14s", "–")
        : String.format(Locale.ROOT, "  %.3f ± %.3f", figure.value(), figure.ci95());
  }
}

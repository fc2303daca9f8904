package dev.freshet.standalone.demo;

import dev.freshet.standalone.console.BarChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Accuracy by shots as lines of text. */
final class AccuracyTable {
  private static final int BAR_WIDTH = 20;

  private AccuracyTable() {}

  static List<String> lines(List<AccuracyRow> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(" shots  queries    adapted  prototype  un-adapted");
    for (AccuracyRow row : rows) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%6d %,8d    %s    %s     %s  %s",
              row.shots(),
              row.queries(),
              BarChart.percent(row.adapted()),
              BarChart.percent(row.prototype()),
              BarChart.percent(row.unadapted()),
              BarChart.bar(row.adapted(), BAR_WIDTH)));
    }
    return lines;
  }

  /** Some of it in a few words. */
  static String brief(List<AccuracyRow> rows) {
    String accuracy =
        rows.stream()
            .filter(row -> row.shots() == 0 || row.shots() == 1 || row.shots() % 5 == 0)
            .map(r -> String.format(Locale.ROOT, "%d: %.0f %%", r.shots(), 100 * r.adapted()))
            .collect(Collectors.joining(", "));
    return accuracy.isEmpty() ? "" : "adapted, by shots: " + accuracy;
  }
}

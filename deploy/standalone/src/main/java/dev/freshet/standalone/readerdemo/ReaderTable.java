package dev.freshet.standalone.readerdemo;

import dev.freshet.standalone.readerdemo.ReaderDocument.Figure;
import dev.freshet.standalone.readerdemo.ReaderDocument.Paired;
import dev.freshet.standalone.readerdemo.ReaderDocument.Row;
import dev.freshet.trainer.readerstream.StreamYardsticks;
import dev.freshet.trainer.recommendation.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Figures by a user's own events, in lines. */
final class ReaderTable {
  private static final List<String> OF_NUMBERS =
      List.of(
          ReaderScores.ADAPTED,
          ReaderScores.UNADAPTED,
          StreamYardsticks.OFFSET_SHRINKAGE,
          StreamYardsticks.ITEM_BASE);
  private static final List<String> OF_ORDERS =
      List.of(
          ReaderScores.ADAPTED,
          ReaderScores.UNADAPTED,
          StreamYardsticks.POPULARITY,
          StreamYardsticks.RECENT_POPULARITY);

  private static final String HEAD =
      "    own        │ error of the number (MAE)              │ nDCG@10 of the best items";
  private static final String COLUMNS =
      " events  users │ adapted  un-adapted  offset  item base │ adapted  un-adapted  popular  7 days";

  private static final String DIFFERENCES_HEAD =
      "    own    adapted less another, user by user (* beyond the 95 % interval)";
  private static final String DIFFERENCES_COLUMNS =
      " events    MAE: offset        un-adapted         nDCG@10: popular   7 days";

  private static final List<Compared> DIFFERENCES =
      List.of(
          new Compared(Metric.MAE, StreamYardsticks.OFFSET_SHRINKAGE),
          new Compared(Metric.MAE, ReaderScores.UNADAPTED),
          new Compared(Metric.NDCG10, StreamYardsticks.POPULARITY),
          new Compared(Metric.NDCG10, StreamYardsticks.RECENT_POPULARITY));

  private record Compared(Metric metric, String against) {}

  /** A figure of fewer than this share of a row's users is left to the document. */
  private static final int SHARE_MIN = 10;

  private ReaderTable() {}

  static List<String> lines(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(HEAD);
    lines.add(COLUMNS);
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  private static String line(Row row) {
    int users = row.users();
    return String.format(Locale.ROOT, "%7s %6d │", row.ownEvents(), users)
        + cells(row.mae(), users, OF_NUMBERS, 8, 12, 8, 11)
        + " │"
        + cells(row.ndcg10(), users, OF_ORDERS, 8, 12, 9, 8);
  }

  private static String cells(
      Map<String, Figure> figures, int users, List<String> learners, int... widths) {
    StringBuilder cells = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cell(figures, users, learners.get(i));
      cells.append(" ".repeat(widths[i] - cell.length())).append(cell);
    }
    return cells.toString();
  }

  private static String cell(Map<String, Figure> figures, int users, String learner) {
    @Nullable Figure figure = figures.get(learner);
    return figure == null || figure.users() * SHARE_MIN < users
        ? "–"
        : String.format(Locale.ROOT, "%.3f", figure.value());
  }

  /** The error in a few words. */
  static String brief(List<Row> rows) {
    String errors =
        rows.stream()
            .filter(row -> row.mae().containsKey(ReaderScores.ADAPTED))
            .map(row -> row.ownEvents() + ": " + cell(row.mae(), 0, ReaderScores.ADAPTED))
            .collect(Collectors.joining(", "));
    return errors.isEmpty() ? "" : "error, by own events: " + errors;
  }

  /** How far the adapted release is from yardsticks; nothing where no interval is known. */
  static List<String> differences(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    for (Row row : rows) {
      List<String> cells = DIFFERENCES.stream().map(which -> difference(row, which)).toList();
      if (cells.stream().anyMatch(cell -> !cell.equals("–"))) {
        lines.add(
            String.format(
                "%7s    %-19s%-19s%-19s%s",
                row.ownEvents(), cells.get(0), cells.get(1), cells.get(2), cells.get(3)));
      }
    }
    if (!lines.isEmpty()) {
      lines.add(0, DIFFERENCES_COLUMNS);
      lines.add(0, DIFFERENCES_HEAD);
    }
    return lines;
  }

  private static String difference(Row row, Compared which) {
    return row.paired().stream()
        .filter(p -> p.metric().equals(which.metric().field()))
        .filter(p -> p.against().equals(which.against()))
        .filter(p -> p.difference().users() * SHARE_MIN >= row.users())
        .filter(p -> p.difference().ci95() != null)
        .map(ReaderTable::text)
        .findFirst()
        .orElse("–");
  }

  private static String text(Paired paired) {
    return String.format(
        Locale.ROOT,
        "%+.3f ± %.3f%s",
        paired.difference().value(),
        paired.difference().ci95(),
        paired.beyondNoise() ? " *" : "");
  }
}

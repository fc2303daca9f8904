package dev.freshet.standalone.readerdemo;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.freshet.standalone.demo.AnswerCounts;
import dev.freshet.standalone.demo.DemoDocument.Latency;
import dev.freshet.standalone.demo.DemoDocument.TopicAddresses;
import dev.freshet.standalone.demo.DemoDocument.WarmedUp;
import dev.freshet.standalone.demo.WarmUp;
import dev.freshet.trainer.readerstream.StreamYardsticks;
import dev.freshet.trainer.recommendation.Metric;
import dev.freshet.trainer.recommendation.ReaderResults;
import dev.freshet.trainer.recommendation.StreamTable;
import dev.freshet.trainer.recommendation.StreamTable.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code freshet demo readers --json} prints.
 *
 * @param source of users and items
 * @param simulation whether it is one
 * @param queries of the whole log
 * @param answered queries with an answer
 * @param missing queries without one
 * @param duplicates answers beyond the first of a query
 * @param rejected events that were refused
 * @param adaptations that the job computed
 * @param rowsByEvents from the stream's questions that were answered
 * @param latencyMillis of all the stream's questions, from the query's append to its answer's
 * @param numberLatencyMillis of those for a number alone
 * @param orderLatencyMillis of those for the best items alone
 * @param newItemSecondsMax the longest that an item took from its event to the first answer with it
 * @param newItems how many were tried
 * @param trainingSeconds where a release was trained before the stream
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReaderDocument(
    String source,
    boolean simulation,
    long queries,
    long answered,
    long missing,
    long duplicates,
    long rejected,
    long adaptations,
    List<Row> rowsByEvents,
    Latency latencyMillis,
    Latency numberLatencyMillis,
    Latency orderLatencyMillis,
    WarmedUp warmUp,
    @Nullable Double newItemSecondsMax,
    int newItems,
    String lineage,
    String release,
    String engine,
    TopicAddresses topics,
    @Nullable Double firstPredictionSeconds,
    @Nullable Double trainingSeconds,
    int users,
    long events,
    int eventsPerSecond,
    double relevantFrom,
    long seed,
    @Nullable Long processesRssMiB,
    List<String> notes)
    implements AnswerCounts {

  static final List<String> NOTES =
      List.of(
          "queries, answered, missing, duplicates, rejected and adaptations count the whole log,"
              + " tasks '"
              + WarmUp.TASK_PREFIX
              + "*' and '"
              + NewItems.TASK
              + "' included; all other figures are of the stream's own questions, counted from the"
              + " topics",
          "latency is the LogAppendTime of the prediction less that of the query at its partition"
              + " and offset",
          "figures are means over users, each counting once in a row; a question for a number is"
              + " asked just before the user says it",
          "the stream keeps the order of its ratings but not their pace: the log's time is the"
              + " broker's, so an item's decayed count, as the job has it, sees what the stream said"
              + " as recent and what the release was trained on as long ago; yardsticks are told the"
              + " ratings' own times",
          "yardsticks see every event at once; the job's item table follows by a fraction of a"
              + " second, and new items are introduced two seconds before the stream names them");

  /**
   * Figures at some number of own events.
   *
   * @param ownEvents in words; {@code from} and {@code to} in numbers, both included
   * @param to absent where the range has no end
   * @param mae by learner
   * @param ndcg10 by learner; empty where no order was asked for
   * @param paired adapted less a yardstick, over users whom both answered
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Row(
      String ownEvents,
      int from,
      @Nullable Integer to,
      Map<String, Figure> mae,
      Map<String, Figure> ndcg10,
      List<Paired> paired) {
    public Row {
      mae = new TreeMap<>(mae);
      ndcg10 = new TreeMap<>(ndcg10);
      paired = List.copyOf(paired);
    }

    /** Of whom anything is known at so many events. */
    int users() {
      return Stream.concat(mae.values().stream(), ndcg10.values().stream())
          .mapToInt(Figure::users)
          .max()
          .orElse(0);
    }
  }

  /** A mean over users; the interval is absent of a single one. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Figure(double value, @Nullable Double ci95, int users) {
    static Figure of(ReaderResults.Figure figure) {
      return new Figure(
          rounded(figure.value()),
          Double.isNaN(figure.ci95()) ? null : rounded(figure.ci95()),
          figure.users());
    }
  }

  /** A difference, user by user. */
  public record Paired(String metric, String against, Figure difference) {
    boolean beyondNoise() {
      Double ci95 = difference.ci95();
      return ci95 != null && Math.abs(difference.value()) > ci95;
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }

  static List<Row> rows(StreamTable table) {
    Map<Range, List<StreamTable.Row>> byRange = new TreeMap<>();
    for (StreamTable.Row row : table.rows()) {
      byRange.computeIfAbsent(row.ownExamples(), unused -> new ArrayList<>()).add(row);
    }
    List<Row> rows = new ArrayList<>();
    byRange.forEach(
        (range, lines) ->
            rows.add(
                new Row(
                    range.toString(),
                    range.from(),
                    range.to() == Integer.MAX_VALUE ? null : range.to(),
                    figures(lines, Metric.MAE),
                    figures(lines, Metric.NDCG10),
                    paired(table, range))));
    return rows;
  }

  private static Map<String, Figure> figures(List<StreamTable.Row> lines, Metric metric) {
    Map<String, Figure> figures = new TreeMap<>();
    for (StreamTable.Row line : lines) {
      line.figure(metric).ifPresent(figure -> figures.put(line.learner(), Figure.of(figure)));
    }
    return figures;
  }

  private static List<Paired> paired(StreamTable table, Range range) {
    List<Paired> paired = new ArrayList<>();
    pair(table, range, Metric.MAE, StreamYardsticks.OFFSET_SHRINKAGE, paired);
    pair(table, range, Metric.MAE, ReaderScores.UNADAPTED, paired);
    pair(table, range, Metric.NDCG10, StreamYardsticks.POPULARITY, paired);
    pair(table, range, Metric.NDCG10, StreamYardsticks.RECENT_POPULARITY, paired);
    pair(table, range, Metric.NDCG10, ReaderScores.UNADAPTED, paired);
    return paired;
  }

  private static void pair(
      StreamTable table, Range range, Metric metric, String against, List<Paired> paired) {
    table
        .difference(ReaderScores.ADAPTED, against, range, metric)
        .ifPresent(
            difference -> paired.add(new Paired(metric.field(), against, Figure.of(difference))));
  }
}

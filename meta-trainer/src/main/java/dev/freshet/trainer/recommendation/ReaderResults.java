package dev.freshet.trainer.recommendation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of an evaluation, and what it rests on. */
public final class ReaderResults {
  private static final Set<String> YARDSTICKS =
      Set.of("offset-shrinkage", "popularity", "recent-popularity", "item-knn", "ials");

  private final ReaderEvaluationSettings settings;
  private final int users;
  private final MeasureTable measures;
  private final int catalogue;
  private final double seconds;

  ReaderResults(
      ReaderEvaluationSettings settings,
      int users,
      MeasureTable measures,
      int catalogue,
      double seconds) {
    this.settings = settings;
    this.users = users;
    this.measures = measures;
    this.catalogue = catalogue;
    this.seconds = seconds;
  }

  /** A figure with half the width of its 95 % interval over users; NaN for a single user. */
  public record Figure(double value, double ci95, int users) {}

  /** A line of the table; figures that a learner has none of are left out. */
  public record Line(String learner, int events, int users, Map<Metric, Figure> figures) {}

  /** How much more a learner has of a metric than a yardstick, user by user. */
  public record Paired(
      String learner, String against, int events, Metric metric, Figure difference) {
    /** Whether the interval leaves zero out. */
    public boolean beyondNoise() {
      return Math.abs(difference.value()) > difference.ci95();
    }
  }

  /** By number of events, then by learner. */
  public List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (MeasureTable.Row row : measures.rows()) {
      Map<Metric, Figure> figures = new EnumMap<>(Metric.class);
      int most = 0;
      for (Metric metric : Metric.values()) {
        if (!row.of(metric).isEmpty()) {
          Figure figure = figure(metric, row.of(metric).mean());
          figures.put(metric, figure);
          most = Math.max(most, figure.users());
        }
      }
      lines.add(new Line(row.learner(), row.events(), most, figures));
    }
    lines.sort(Comparator.comparingInt(Line::events).thenComparing(Line::learner));
    return lines;
  }

  /** The root of a mean has the interval of the mean, over twice the root: the delta method. */
  static Figure figure(Metric metric, Measures.Mean mean) {
    double ci95 = mean.ci95().orElse(Double.NaN);
    if (metric != Metric.SQUARED_ERROR) {
      return new Figure(mean.value(), ci95, mean.users());
    }
    double root = Math.sqrt(mean.value());
    return new Figure(root, root > 0 ? ci95 / (2 * root) : 0, mean.users());
  }

  /**
   * The release's heads against the yardsticks, and what a segment's prior adds; squared errors are
   * not compared.
   */
  public List<Paired> paired() {
    List<Paired> paired = new ArrayList<>();
    for (MeasureTable.Row row : measures.rows()) {
      for (MeasureTable.Row other : measures.rows()) {
        if (row.events() != other.events() || !areCompared(row.learner(), other.learner())) {
          continue;
        }
        for (Metric metric : Metric.values()) {
          Measures.Mean mean = row.of(metric).minus(other.of(metric));
          if (metric != Metric.SQUARED_ERROR && mean.users() > 0) {
            Figure difference =
                new Figure(mean.value(), mean.ci95().orElse(Double.NaN), mean.users());
            paired.add(
                new Paired(row.learner(), other.learner(), row.events(), metric, difference));
          }
        }
      }
    }
    paired.sort(
        Comparator.comparingInt(Paired::events)
            .thenComparing(Paired::learner)
            .thenComparing(Paired::metric)
            .thenComparing(Paired::against));
    return paired;
  }

  private static boolean areCompared(String learner, String against) {
    return !YARDSTICKS.contains(learner)
        && (YARDSTICKS.contains(against)
            || learner.equals(against + ReaderEvaluation.WITH_SEGMENT));
  }

  /** As a document. */
  public String toJson() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("ratings", settings.log().name());
    document.put("release", settings.release().manifest().release());
    document.put("digest", settings.release().digest());
    document.put("cutTime", settings.split().cutSeconds());
    document.put("relevantFrom", settings.relevantFrom());
    document.put("userRatingsMin", settings.userRatingsMin());
    document.put("itemStatistics", settings.streamed() ? "streamed" : "frozen");
    document.put("judgedUsers", users);
    document.put("catalogue", catalogue);
    document.put("segments", settings.segments().count());
    document.put("unusableLines", settings.log().unusable());
    document.put("repeatedRatings", settings.log().repeated());
    document.put("seconds", seconds);
    document.putArray("results");
    lines().forEach(line -> write(document.withArray("results").addObject(), line));
    document.putArray("paired");
    paired().forEach(pair -> write(document.withArray("paired").addObject(), pair));
    return document.toPrettyString();
  }

  private static void write(ObjectNode node, Line line) {
    node.put("learner", line.learner());
    node.put("events", line.events());
    node.put("users", line.users());
    ObjectNode ci95 = JsonNodeFactory.instance.objectNode();
    line.figures()
        .forEach(
            (metric, figure) -> {
              node.put(metric.field(), figure.value());
              if (Double.isFinite(figure.ci95())) {
                ci95.put(metric.field(), figure.ci95());
              } else {
                ci95.putNull(metric.field());
              }
            });
    node.set("ci95", ci95);
  }

  private static void write(ObjectNode node, Paired pair) {
    node.put("learner", pair.learner());
    node.put("against", pair.against());
    node.put("events", pair.events());
    node.put("metric", pair.metric().field());
    node.put("users", pair.difference().users());
    node.put("difference", pair.difference().value());
    if (Double.isFinite(pair.difference().ci95())) {
      node.put("ci95", pair.difference().ci95());
    } else {
      node.putNull("ci95");
    }
    node.put("beyondNoise", pair.beyondNoise());
  }
}

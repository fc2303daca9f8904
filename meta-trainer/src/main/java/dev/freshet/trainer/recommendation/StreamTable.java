package dev.freshet.trainer.recommendation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Figures of a stream by the number of a user's own examples, in ranges. Of several questions of a
 * user in a range the mean counts, so that a user counts once; intervals are over users.
 */
public final class StreamTable {
  private static final List<Range> RANGES =
      List.of(
          new Range(0, 0),
          new Range(1, 1),
          new Range(2, 4),
          new Range(5, 9),
          new Range(10, 19),
          new Range(20, Integer.MAX_VALUE));

  private final Map<Key, Map<String, List<Double>>> values = new TreeMap<>();

  /** Own examples, both ends included. */
  public record Range(int from, int to) implements Comparable<Range> {
    private boolean holds(int examples) {
      return examples >= from && examples <= to;
    }

    @Override
    public int compareTo(Range other) {
      return Integer.compare(from, other.from);
    }

    @Override
    public String toString() {
      return from == to ? "" + from : to == Integer.MAX_VALUE ? from + "+" : from + "–" + to;
    }
  }

  private record Key(Range range, String learner, Metric metric) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byRange = range.compareTo(other.range);
      int byLearner = learner.compareTo(other.learner);
      return byRange != 0 ? byRange : byLearner != 0 ? byLearner : metric.compareTo(other.metric);
    }
  }

  /** A line; figures that a learner has none of are left out. */
  public record Row(String learner, Range ownExamples, Map<Metric, ReaderResults.Figure> figures) {
    /** Empty where nothing of the kind was asked. */
    public Optional<ReaderResults.Figure> figure(Metric metric) {
      return Optional.ofNullable(figures.get(metric));
    }
  }

  /** What came of one question. */
  public void add(String learner, String user, int ownExamples, Metric metric, double value) {
    values
        .computeIfAbsent(new Key(range(ownExamples), learner, metric), unused -> new TreeMap<>())
        .computeIfAbsent(user, unused -> new ArrayList<>())
        .add(value);
  }

  /** An order of items: nDCG@10, HR@10 and recall@20, if anything is relevant. */
  public void addOrder(
      String learner, String user, int ownExamples, List<String> ranked, Set<String> relevant) {
    if (!relevant.isEmpty()) {
      RankingMetrics metrics = RankingMetrics.of(ranked, relevant);
      add(learner, user, ownExamples, Metric.NDCG10, metrics.ndcg10());
      add(learner, user, ownExamples, Metric.HR10, metrics.hr10());
      add(learner, user, ownExamples, Metric.RECALL20, metrics.recall20());
    }
  }

  private static Range range(int ownExamples) {
    return RANGES.stream()
        .filter(range -> range.holds(ownExamples))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "A question after " + ownExamples + " own examples, expected 0 or more."));
  }

  /** By range, then by learner. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    values.forEach(
        (key, ofUsers) -> {
          Row last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
          if (last == null
              || !last.learner().equals(key.learner())
              || !last.ownExamples().equals(key.range())) {
            last = new Row(key.learner(), key.range(), new EnumMap<>(Metric.class));
            rows.add(last);
          }
          last.figures().put(key.metric(), ReaderResults.figure(key.metric(), mean(ofUsers)));
        });
    return rows;
  }

  /** How much more a learner has of a metric than another, over users whom both answered. */
  public Optional<ReaderResults.Figure> difference(
      String learner, String against, Range range, Metric metric) {
    Measures.Mean mean = measures(learner, range, metric).minus(measures(against, range, metric));
    return mean.users() == 0
        ? Optional.empty()
        : Optional.of(
            new ReaderResults.Figure(mean.value(), mean.ci95().orElse(Double.NaN), mean.users()));
  }

  private Measures measures(String learner, Range range, Metric metric) {
    return measures(values.getOrDefault(new Key(range, learner, metric), Map.of()));
  }

  private static Measures.Mean mean(Map<String, List<Double>> ofUsers) {
    return measures(ofUsers).mean();
  }

  private static Measures measures(Map<String, List<Double>> ofUsers) {
    Measures measures = new Measures();
    ofUsers.forEach(
        (user, all) ->
            measures.add(
                user, all.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN)));
    return measures;
  }
}

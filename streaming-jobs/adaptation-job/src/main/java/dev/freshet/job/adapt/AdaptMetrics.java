package dev.freshet.job.adapt;

import dev.freshet.adaptation.runtime.Adapter;
import dev.freshet.job.support.Effect;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What the adapting step counts: in all, and by lineage.
 *
 * <p>{@code batchMicros} is the time of a whole micro-batch. {@code adaptMicros} is the part of it
 * spent in adapting, one value for each time that anything had to be adapted; one batch has several
 * where it was answered in parts, none where all supports were cached.
 */
final class AdaptMetrics {
  private static final int WINDOW = 1_000;

  private final MetricGroup group;
  private final Map<String, OfLineage> lineages = new HashMap<>();
  final Counter adaptations;
  final Counter predictions;
  final Counter rejected;
  final Counter evictions;
  final Counter cacheHits;
  final Counter cacheMisses;
  final Counter batches;
  final Histogram batchEvents;
  final Histogram batchMicros;
  final Histogram adaptMicros;

  AdaptMetrics(MetricGroup parent, AdaptedCache cache, Adapter adapter) {
    group = parent.addGroup("freshet");
    adaptations = group.counter("adaptations");
    predictions = group.counter("predictions");
    rejected = group.counter("rejected");
    evictions = group.counter("evictions");
    cacheHits = group.counter("cacheHits");
    cacheMisses = group.counter("cacheMisses");
    batches = group.counter("batches");
    batchEvents = group.histogram("batchEvents", new DescriptiveStatisticsHistogram(WINDOW));
    batchMicros = group.histogram("batchMicros", new DescriptiveStatisticsHistogram(WINDOW));
    adaptMicros = group.histogram("adaptMicros", new DescriptiveStatisticsHistogram(WINDOW));
    group.gauge("cacheBytes", cache::bytes);
    group.gauge("cachedTasks", cache::size);
    // Answers that are no better than a guess, because a learner diverged on a task.
    group.gauge("undecidedAnswers", adapter::undecidedAnswers);
  }

  OfLineage of(String lineage) {
    return lineages.computeIfAbsent(
        lineage, name -> new OfLineage(group.addGroup("lineage", name)));
  }

  void adapted(String lineage) {
    adaptations.inc();
    of(lineage).adaptations.inc();
  }

  void rejected(String lineage) {
    rejected.inc();
    of(lineage).rejected.inc();
  }

  void evicted(String lineage) {
    evictions.inc();
    of(lineage).evictions.inc();
  }

  /** Counters of one lineage. */
  static final class OfLineage {
    final Counter adaptations;
    final Counter predictions;
    final Counter cacheHits;
    final Counter cacheMisses;
    final Counter rejected;

    /** Examples that left because of their task's policy. */
    final Counter evictions;

    /** Examples of items that neither the release nor the log knew. */
    final Counter unknownItems;

    private final MetricGroup group;
    private final Map<Effect, Counter> effects = new EnumMap<>(Effect.class);

    OfLineage(MetricGroup group) {
      this.group = group;
      adaptations = group.counter("adaptations");
      predictions = group.counter("predictions");
      cacheHits = group.counter("cacheHits");
      cacheMisses = group.counter("cacheMisses");
      rejected = group.counter("rejected");
      evictions = group.counter("evictions");
      unknownItems = group.counter("unknownItems");
    }

    void count(Effect effect) {
      effects
          .computeIfAbsent(effect, e -> group.addGroup("effect", e.name()).counter("events"))
          .inc();
    }
  }
}

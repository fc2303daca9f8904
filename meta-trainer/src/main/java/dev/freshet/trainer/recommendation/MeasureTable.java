package dev.freshet.trainer.recommendation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures by learner and number of events. */
final class MeasureTable {
  private final Map<List<Object>, Row> rows = new LinkedHashMap<>();

  /** A learner after so many events. */
  static final class Row {
    private final String learner;
    private final int events;
    private final Map<Metric, Measures> measures = new EnumMap<>(Metric.class);

    Row(String learner, int events) {
      this.learner = learner;
      this.events = events;
    }

    String learner() {
      return learner;
    }

    int events() {
      return events;
    }

    Measures of(Metric metric) {
      return measures.computeIfAbsent(metric, unused -> new Measures());
    }
  }

  Row row(String learner, int events) {
    return rows.computeIfAbsent(List.of(learner, events), unused -> new Row(learner, events));
  }

  Collection<Row> rows() {
    return new ArrayList<>(rows.values());
  }
}

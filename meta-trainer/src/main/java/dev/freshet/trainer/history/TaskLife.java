package dev.freshet.trainer.history;

import dev.freshet.schemas.Features;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.SupportPolicy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One task from its first event to its closing. Examples and retractions mean what they mean to the
 * job; what the job's policy evicts is kept here, because it was true.
 */
final class TaskLife {
  /** As the job names the example that an outcome has become. */
  static final String OUTCOME_PREFIX = "outcome:";

  private final HistoryLimits limits;
  private final Map<String, Label> labels = new LinkedHashMap<>();
  private final Map<String, PastTask.Row> rows = new LinkedHashMap<>();
  private final Map<String, Integer> rowsByLabel = new HashMap<>();
  private final Map<String, Features> pending = new LinkedHashMap<>();
  private final Map<String, Long> tombstones = new HashMap<>();
  private SupportPolicy policy = SupportPolicy.DEFAULT;
  private long clockMillis = Long.MIN_VALUE;
  private boolean closed;
  private long rowsDropped;
  private long queriesForgotten;
  private long retracted;

  TaskLife(HistoryLimits limits) {
    this.limits = limits;
  }

  void at(long timestampMillis) {
    clockMillis = Math.max(clockMillis, timestampMillis);
  }

  long clockMillis() {
    return clockMillis;
  }

  int rows() {
    return rows.size();
  }

  long rowsDropped() {
    return rowsDropped;
  }

  long queriesForgotten() {
    return queriesForgotten;
  }

  long retracted() {
    return retracted;
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
    tombstones.clear();
  }

  PastTask asPast(String task) {
    return new PastTask(task, List.copyOf(labels.values()), List.copyOf(rows.values()));
  }

  /** A name that changes keeps its label's place. */
  void open(List<Label> named, Optional<SupportPolicy> newPolicy) {
    policy = newPolicy.orElse(policy);
    for (Label label : named) {
      if (labels.containsKey(label.id()) || labels.size() < SupportPolicy.LABELS_MAX) {
        labels.put(label.id(), label);
      }
    }
    forgetTombstones();
  }

  void example(String id, String label, Features features) {
    if (isBuried(id)) {
      retracted++;
      return;
    }
    PastTask.Row known = rows.get(id);
    boolean repeated =
        known != null && known.label().equals(label) && known.features().equals(features);
    if (!repeated) {
      put(id, new PastTask.Row(label, features, clockMillis));
    }
  }

  void ask(String query, Features features) {
    pending.remove(query);
    pending.put(query, features);
    if (pending.size() > limits.queriesPerTaskMax()) {
      pending.remove(pending.keySet().iterator().next());
      queriesForgotten++;
    }
  }

  /** Whether this life was asked the query. */
  boolean wasAsked(String query) {
    return pending.containsKey(query) || rows.containsKey(OUTCOME_PREFIX + query);
  }

  /** The truth; told again, the last one counts. */
  void outcome(String query, String label) {
    String id = OUTCOME_PREFIX + query;
    Features asked = pending.remove(query);
    PastTask.Row known = rows.get(id);
    if (asked != null) {
      example(id, label, asked);
    } else if (known != null) {
      example(id, label, known.features());
    }
  }

  /** Forgets a row, and remembers to refuse it should it come later. */
  void retract(String id) {
    forget(id);
    tombstones.put(id, clockMillis);
    forgetTombstones();
  }

  /** Forgets a row of a life that is over, or a query whose truth is not to be learned. */
  void forget(String id) {
    if (remove(id)) {
      retracted++;
    }
    if (id.startsWith(OUTCOME_PREFIX) && closed) {
      pending.remove(id.substring(OUTCOME_PREFIX.length()));
    }
  }

  /** Drops the oldest row of all. */
  void dropOldest() {
    if (!rows.isEmpty()) {
      remove(rows.keySet().iterator().next());
      rowsDropped++;
    }
  }

  private void put(String id, PastTask.Row row) {
    remove(id);
    rows.put(id, row);
    if (rowsByLabel.merge(row.label(), 1, Integer::sum) > limits.rowsPerLabelMax()) {
      remove(oldestOf(row.label()));
      rowsDropped++;
    }
  }

  private String oldestOf(String label) {
    return rows.entrySet().stream()
        .filter(entry -> entry.getValue().label().equals(label))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private boolean remove(String id) {
    PastTask.Row row = rows.remove(id);
    if (row == null) {
      return false;
    }
    rowsByLabel.merge(row.label(), -1, Integer::sum);
    return true;
  }

  private boolean isBuried(String id) {
    Long buriedAt = tombstones.get(id);
    return buriedAt != null && buriedAt >= tombstonesSince();
  }

  private long tombstonesSince() {
    long age = policy.tombstoneAgeMax().toMillis();
    return clockMillis < Long.MIN_VALUE + age ? Long.MIN_VALUE : clockMillis - age;
  }

  /** As the job does: beyond the limit, what is too old goes, and of the rest the oldest. */
  private void forgetTombstones() {
    if (tombstones.size() <= policy.tombstonesMax()) {
      return;
    }
    long since = tombstonesSince();
    tombstones.values().removeIf(buriedAt -> buriedAt < since);
    List<String> oldestFirst =
        tombstones.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList();
    oldestFirst
        .subList(0, Math.max(0, oldestFirst.size() - policy.tombstonesMax()))
        .forEach(tombstones::remove);
  }
}

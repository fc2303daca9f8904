package dev.freshet.job.support;

import dev.freshet.adaptation.runtime.SupportVector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One task on the heap, for a command that looks at its log and for tests. */
public final class InMemoryTaskStore implements TaskStore {
  private final TreeMap<Long, StoredExample> examples = new TreeMap<>();
  private final Map<String, Long> offsets = new TreeMap<>();
  private final Map<String, SupportVector> names = new TreeMap<>();
  private final Map<String, Long> tombstones = new TreeMap<>();
  private final Map<String, PendingQuery> pending = new TreeMap<>();
  private TaskHeader header = TaskHeader.NONE;
  private List<PriorRow> prior = List.of();

  @Override
  public TaskHeader header() {
    return header;
  }

  @Override
  public void header(TaskHeader next) {
    header = next;
  }

  @Override
  public List<StoredExample> examples() {
    return List.copyOf(examples.values());
  }

  @Override
  public Optional<StoredExample> example(String id) {
    return Optional.ofNullable(offsets.get(id)).map(examples::get);
  }

  @Override
  public void put(StoredExample example) {
    examples.put(example.offset(), example);
    offsets.put(example.id(), example.offset());
  }

  @Override
  public void remove(StoredExample example) {
    examples.remove(example.offset());
    offsets.remove(example.id());
  }

  @Override
  public Map<String, SupportVector> names() {
    return Map.copyOf(names);
  }

  @Override
  public void putName(String label, SupportVector vector) {
    names.put(label, vector);
  }

  @Override
  public Map<String, Long> tombstones() {
    return Map.copyOf(tombstones);
  }

  @Override
  public Optional<Long> tombstone(String example) {
    return Optional.ofNullable(tombstones.get(example));
  }

  @Override
  public void putTombstone(String example, long timestampMillis) {
    tombstones.put(example, timestampMillis);
  }

  @Override
  public void removeTombstone(String example) {
    tombstones.remove(example);
  }

  @Override
  public Map<String, PendingQuery> pendingQueries() {
    return Map.copyOf(pending);
  }

  @Override
  public Optional<PendingQuery> pendingQuery(String query) {
    return Optional.ofNullable(pending.get(query));
  }

  @Override
  public void putPendingQuery(String query, PendingQuery value) {
    pending.put(query, value);
  }

  @Override
  public void removePendingQuery(String query) {
    pending.remove(query);
  }

  @Override
  public List<PriorRow> prior() {
    return prior;
  }

  @Override
  public void prior(List<PriorRow> rows) {
    prior = List.copyOf(rows);
  }

  @Override
  public void clear() {
    examples.clear();
    offsets.clear();
    names.clear();
    tombstones.clear();
    pending.clear();
    header = TaskHeader.NONE;
    prior = List.of();
  }
}

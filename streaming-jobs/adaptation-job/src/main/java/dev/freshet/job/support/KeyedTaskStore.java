package dev.freshet.job.support;

import dev.freshet.adaptation.runtime.SupportVector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The task of Flink's current key, in keyed state: an entry per example, so that RocksDB reads and
 * writes one example at a time.
 *
 * <p>Remembers what it read last, and the examples of tasks with many: copies that a restart does
 * without.
 */
public final class KeyedTaskStore implements TaskStore {
  private static final long CROWDED_BYTES_MAX = 32L * 1024 * 1024;

  private final Supplier<Object> currentKey;
  private final CrowdedTasks crowded = new CrowdedTasks(CROWDED_BYTES_MAX);
  private @Nullable Object headerKey;
  private TaskHeader lastHeader = TaskHeader.NONE;
  private final ValueState<TaskHeader> header;
  private final MapState<Long, StoredExample> examples;
  private final MapState<String, Long> offsets;
  private final MapState<String, SupportVector> names;
  private final MapState<String, Long> tombstones;
  private final MapState<String, PendingQuery> pending;
  private final ValueState<List<PriorRow>> prior;

  /**
   * Nobody else may write to this state.
   *
   * @param currentKey Flink's, by which what was read of a task is remembered
   */
  public KeyedTaskStore(KeyedStateStore state, Supplier<Object> currentKey) {
    this.currentKey = currentKey;
    StringSerializer text = StringSerializer.INSTANCE;
    header = state.getState(new ValueStateDescriptor<>("header", new TaskHeaderSerializer()));
    examples =
        state.getMapState(
            new MapStateDescriptor<>(
                "examples", LongSerializer.INSTANCE, new StoredExampleSerializer()));
    offsets = state.getMapState(new MapStateDescriptor<>("offsets", text, LongSerializer.INSTANCE));
    names =
        state.getMapState(new MapStateDescriptor<>("names", text, new SupportVectorSerializer()));
    tombstones =
        state.getMapState(new MapStateDescriptor<>("tombstones", text, LongSerializer.INSTANCE));
    pending =
        state.getMapState(
            new MapStateDescriptor<>("pending-queries", text, new PendingQuerySerializer()));
    prior = state.getState(new ValueStateDescriptor<>("prior", new PriorSerializer()));
  }

  /** State backends fail with checked exceptions; here they are a broken job. */
  private interface Access<T> {
    T run() throws Exception;
  }

  private interface Change {
    void run() throws Exception;
  }

  private static <T> T read(Access<T> access) {
    try {
      return access.run();
    } catch (Exception e) {
      throw new IllegalStateException("Cannot read the state of the task", e);
    }
  }

  private static void write(Change change) {
    try {
      change.run();
    } catch (Exception e) {
      throw new IllegalStateException("Cannot write the state of the task", e);
    }
  }

  private static <V> Map<String, V> copy(MapState<String, V> state) {
    return read(
        () -> {
          Map<String, V> copy = new HashMap<>();
          for (Map.Entry<String, V> entry : state.entries()) {
            copy.put(entry.getKey(), entry.getValue());
          }
          return copy;
        });
  }

  @Override
  public TaskHeader header() {
    Object key = currentKey.get();
    if (!key.equals(headerKey)) {
      lastHeader = Optional.ofNullable(read(header::value)).orElse(TaskHeader.NONE);
      headerKey = key;
    }
    return lastHeader;
  }

  @Override
  public void header(TaskHeader next) {
    if (!next.equals(header())) {
      write(() -> header.update(next));
      lastHeader = next;
    }
  }

  @Override
  public List<StoredExample> examples() {
    Optional<Collection<StoredExample>> known = crowded.examples(currentKey.get());
    return known.isPresent() ? List.copyOf(known.get()) : stored();
  }

  private List<StoredExample> stored() {
    List<StoredExample> ordered = new ArrayList<>();
    read(examples::values).forEach(ordered::add);
    ordered.sort(Comparator.comparingLong(StoredExample::offset));
    crowded.remember(currentKey.get(), ordered);
    return ordered;
  }

  @Override
  public Optional<StoredExample> oldest(Predicate<StoredExample> fits) {
    return crowded.examples(currentKey.get()).orElseGet(this::stored).stream()
        .filter(fits)
        .findFirst();
  }

  @Override
  public Optional<StoredExample> example(String id) {
    return Optional.ofNullable(read(() -> offsets.get(id)))
        .map(offset -> read(() -> examples.get(offset)));
  }

  @Override
  public void put(StoredExample example) {
    write(
        () -> {
          examples.put(example.offset(), example);
          offsets.put(example.id(), example.offset());
          crowded.put(currentKey.get(), example);
        });
  }

  @Override
  public void remove(StoredExample example) {
    write(
        () -> {
          examples.remove(example.offset());
          offsets.remove(example.id());
          crowded.remove(currentKey.get(), example);
        });
  }

  @Override
  public Map<String, SupportVector> names() {
    return copy(names);
  }

  @Override
  public void putName(String label, SupportVector vector) {
    write(() -> names.put(label, vector));
  }

  @Override
  public Map<String, Long> tombstones() {
    return copy(tombstones);
  }

  @Override
  public Optional<Long> tombstone(String example) {
    return Optional.ofNullable(read(() -> tombstones.get(example)));
  }

  @Override
  public void putTombstone(String example, long timestampMillis) {
    write(() -> tombstones.put(example, timestampMillis));
  }

  @Override
  public void removeTombstone(String example) {
    write(() -> tombstones.remove(example));
  }

  @Override
  public Map<String, PendingQuery> pendingQueries() {
    return copy(pending);
  }

  @Override
  public Optional<PendingQuery> pendingQuery(String query) {
    return Optional.ofNullable(read(() -> pending.get(query)));
  }

  @Override
  public void putPendingQuery(String query, PendingQuery value) {
    write(() -> pending.put(query, value));
  }

  @Override
  public void removePendingQuery(String query) {
    write(() -> pending.remove(query));
  }

  @Override
  public List<PriorRow> prior() {
    return Optional.ofNullable(read(prior::value)).orElse(List.of());
  }

  @Override
  public void prior(List<PriorRow> rows) {
    write(() -> prior.update(rows));
  }

  @Override
  public void clear() {
    crowded.forget(currentKey.get());
    headerKey = null;
    header.clear();
    examples.clear();
    offsets.clear();
    names.clear();
    tombstones.clear();
    pending.clear();
    prior.clear();
  }
}

package dev.freshet.adaptation.items;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The item side at a moment: what the table says, plus every event since. A pure function of the
 * table and of the events in their order, to the bit on every machine. Not thread-safe.
 *
 * <pre>
 * expected number   mean + (Σ y − n · mean + shrinkage · prior) / (n + shrinkage)
 * decayed count     Σ 2^(−age / half-life)
 * </pre>
 *
 * <p>A row says what was known when it was taken. Take an example's row before its own event is
 * added: the statistics then never hold what the learner is to be shown beside them.
 */
public final class ItemStatistics {
  private final ItemTable table;
  private final Map<String, State> states = new HashMap<>();

  /** Of one item. */
  private static final class State {
    private final ItemEntry entry;
    private double count;
    private double sum;
    private double recent;
    private long recentAtSeconds;

    State(ItemEntry entry, long asOfSeconds) {
      this.entry = entry;
      this.count = entry.count();
      this.sum = entry.sum();
      this.recent = entry.recent();
      this.recentAtSeconds = asOfSeconds;
    }

    double recentAt(long seconds, ItemScale scale) {
      return recent * ItemRow.decay((double) (seconds - recentAtSeconds), scale);
    }
  }

  /** As the table has them. */
  public ItemStatistics(ItemTable table) {
    this.table = table;
    for (String id : table.ids()) {
      states.put(id, stateOf(table.item(id).orElseThrow()));
    }
  }

  private State stateOf(ItemEntry entry) {
    return new State(entry, table.scale().asOfSeconds());
  }

  public ItemTable table() {
    return table;
  }

  /** Whether the item was in the table, was introduced, or has had an event. */
  public boolean knows(String id) {
    return states.containsKey(id);
  }

  /** A new item with its content's prior. One that is known already keeps what it has. */
  public void introduce(String id, Iterable<String> attributes) {
    if (!states.containsKey(id)) {
      List<String> names = new ArrayList<>();
      attributes.forEach(names::add);
      states.put(id, stateOf(table.prior(names)));
    }
  }

  /**
   * A rating of an item; of one not known, the first.
   *
   * @param value in the ratings' own unit; finite
   */
  public void add(String id, double value, long seconds) {
    State state = of(id);
    state.recent = state.recentAt(seconds, table.scale()) + 1;
    state.recentAtSeconds = Math.max(seconds, state.recentAtSeconds);
    state.count += 1;
    state.sum += value;
  }

  /**
   * Takes a rating out again. Count and sum are then exactly what they would have been, where
   * ratings are whole or halves; the decayed count but for rounding.
   */
  public void retract(String id, double value, long ratedAtSeconds) {
    State state = of(id);
    double part = ItemRow.decay((double) (state.recentAtSeconds - ratedAtSeconds), table.scale());
    state.count = Math.max(0, state.count - 1);
    state.sum -= value;
    state.recent = Math.max(0, state.recent - part);
  }

  private State of(String id) {
    return states.computeIfAbsent(id, unused -> stateOf(table.prior(List.of())));
  }

  /** Ratings of an item so far, those before the table included. */
  public double count(String id) {
    State state = states.get(id);
    return state == null ? 0 : state.count;
  }

  /**
   * What a table made at a time would say of an item.
   *
   * @param factors for rating, then for ranking
   */
  public ItemEntry entry(String id, float[] factors, double priorBias, long seconds) {
    State state = of(id);
    double recent = state.recentAt(seconds, table.scale());
    return new ItemEntry(factors, priorBias, state.count, state.sum, recent);
  }

  /** The item's vector at a time, as {@link ItemLayout} says; of one not known, the bare prior. */
  public float[] row(String id, long seconds) {
    State known = states.get(id);
    State state = Objects.requireNonNullElseGet(known, () -> stateOf(table.prior(List.of())));
    float[] row = new float[table.layout().features()];
    double recent = state.recentAt(seconds, table.scale());
    ItemRow.write(table, state.entry, state.count, state.sum, recent, row, 0);
    return row;
  }
}

package dev.freshet.adaptation.items;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;

/**
 * All items at a version: a release's table, and what the stream has said of them since. A pure
 * function of the table, of the changes in their order, and of the log's time. Immutable and
 * thread-safe; versions share what did not change.
 *
 * <p>An item's position stays the same from version to version: the table's items first, in the
 * order of their ids, then those that came on the stream, as they came.
 *
 * <p>Decayed counts are taken at ticks, a 1,024th of the half-life apart, so that between two ticks
 * a row is changed by its own events alone.
 */
public final class Catalogue {
  /** Rows that change together, as far as {@link #sharesRows} can tell. */
  public static final int PAGE_ROWS = StreamedItems.PAGE;

  /** Ticks in a half-life. A count that is a tick old is off by 0.07 %. */
  public static final int TICKS = 1024;

  private final StreamedItems streamed;
  private final long asOfSeconds;
  private final double tickSeconds;
  private final double tableDecay;

  private Catalogue(StreamedItems streamed, long asOfSeconds) {
    ItemScale scale = streamed.table().scale();
    double tick = scale.halfLifeSeconds() / TICKS;
    this.streamed = streamed;
    this.asOfSeconds = asOfSeconds;
    this.tickSeconds = Math.floor(asOfSeconds / tick) * tick;
    this.tableDecay = ItemRow.decay(tickSeconds - scale.asOfSeconds(), scale);
  }

  /** As a release knows its items, at the time of its table. */
  public static Catalogue of(ItemTable table) {
    return new Catalogue(StreamedItems.none(table), table.scale().asOfSeconds());
  }

  /**
   * The next version.
   *
   * @param changes in their order; each takes the place of what was said of its item before
   * @param asOfSeconds Unix time of the log
   */
  public Catalogue with(List<ItemChange> changes, long asOfSeconds) {
    return new Catalogue(changes.isEmpty() ? streamed : streamed.with(changes), asOfSeconds);
  }

  /** The same changes over another release's table. Positions are those of that table. */
  public Catalogue over(ItemTable other) {
    return of(other).with(changes(), asOfSeconds);
  }

  public ItemTable table() {
    return streamed.table();
  }

  /** Of all items, withdrawn ones included. */
  public int size() {
    return streamed.size();
  }

  /** Where an item is, or −1 where nobody has spoken of it. */
  public int position(String item) {
    return streamed.position(item);
  }

  /** Whether the table or the stream has spoken of an item. */
  public boolean knows(String item) {
    return position(item) >= 0;
  }

  /** The id of the item at a position. */
  public String id(int position) {
    StreamedItems.Item item = streamed.at(position);
    return item == null ? table().ids().get(position) : item.change().item();
  }

  /** False where the item was withdrawn. */
  public boolean available(int position) {
    StreamedItems.Item item = streamed.at(position);
    return item == null || item.change().available();
  }

  /** Names, sorted, each once: the stream's where it described the item, else the table's. */
  public List<String> attributes(int position) {
    StreamedItems.Item item = streamed.at(position);
    if (item != null && item.change().described()) {
      return item.change().attributes();
    }
    return position < table().ids().size() ? table().attributesAt(position) : List.of();
  }

  /** Every item of which the stream has spoken, by its first change; enough for a checkpoint. */
  public List<ItemChange> changes() {
    return streamed.changes();
  }

  /** Unix time of the log at this version. */
  public long asOfSeconds() {
    return asOfSeconds;
  }

  /** An item's statistics at this version, for an example to keep. */
  public ItemMoment moment(String id) {
    int position = position(id);
    return position < 0 ? ItemMoment.NONE : moment(position);
  }

  private ItemMoment moment(int position) {
    StreamedItems.Item item = streamed.at(position);
    if (item == null) {
      return new ItemMoment(0, 0, (float) (table().entry(position).recent() * tableDecay));
    }
    ItemChange change = item.change();
    double decay = ItemRow.decay(tickSeconds - change.recentAtSeconds(), table().scale());
    double recent = item.entry().recent() * tableDecay + change.recent() * decay;
    return new ItemMoment(change.count(), change.sum(), (float) recent);
  }

  /** The item's row at this version; of one not known, the bare prior. */
  public float[] row(String id) {
    return row(id, moment(id));
  }

  /**
   * The item's row with its statistics as of a moment: what an example was given at its own, on the
   * factors of this release.
   */
  public float[] row(String id, ItemMoment moment) {
    int position = position(id);
    ItemEntry entry = position < 0 ? table().prior(List.of()) : entry(position);
    float[] row = new float[table().layout().features()];
    write(entry, moment, row, 0);
    return row;
  }

  /** Writes a row of {@link ItemLayout#features} numbers, beginning at a place. */
  public void copyRow(int position, float[] destination, int at) {
    write(entry(position), moment(position), destination, at);
  }

  /** The same into a buffer, whose own position is left alone. */
  public void copyRow(int position, FloatBuffer destination, int at) {
    float[] row = new float[table().layout().features()];
    copyRow(position, row, 0);
    destination.put(at, row);
  }

  /**
   * Whether the rows from {@code page ·} {@link #PAGE_ROWS} on are the same here and in another
   * version, as far as that is known without looking at each.
   */
  public boolean sharesRows(Catalogue other, int page) {
    return tickSeconds == other.tickSeconds && streamed.sharesPage(other.streamed, page);
  }

  private ItemEntry entry(int position) {
    StreamedItems.Item item = streamed.at(position);
    return item == null ? table().entry(position) : item.entry();
  }

  private void write(ItemEntry entry, ItemMoment moment, float[] rows, int at) {
    double count = entry.count() + moment.count();
    double sum = entry.sum() + moment.sum();
    ItemRow.write(table(), entry, count, sum, moment.recent(), rows, at);
  }

  /** Looks at all changes: for tests. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Catalogue catalogue
        && asOfSeconds == catalogue.asOfSeconds
        && table().equals(catalogue.table())
        && changes().equals(catalogue.changes());
  }

  @Override
  public int hashCode() {
    return Objects.hash(asOfSeconds, size());
  }

  @Override
  public String toString() {
    return "Catalogue of " + size() + " items as of " + asOfSeconds;
  }
}

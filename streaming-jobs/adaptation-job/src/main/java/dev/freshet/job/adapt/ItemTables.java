package dev.freshet.job.adapt;

import dev.freshet.adaptation.items.Catalogue;
import dev.freshet.adaptation.items.ItemChange;
import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.job.items.ItemLedger;
import dev.freshet.job.log.StampedItems;
import dev.freshet.schemas.ItemsChanged;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The item tables in force, one for each lineage and partition of the log: the table of the release
 * that an event is stamped with, and all changes that stand before the event in its partition.
 *
 * <p>Partitions say the same at about the same time, so those that have read the same share one
 * catalogue; and catalogues share what did not change between them.
 */
final class ItemTables {
  private final Map<Place, Entry> entries = new HashMap<>();

  private record Place(String lineage, int partition) {}

  private static final class Entry {
    private String label = ItemLedger.UNCHANGED;
    private String release = "";
    private long factors;
    private long asOfSeconds = Long.MIN_VALUE;
    // What no event has asked for yet, each item as it was said last: where nobody asks, it must
    // not grow with every version.
    private final Map<String, ItemChange> waiting = new LinkedHashMap<>();
    private @Nullable Catalogue catalogue;
  }

  /** Takes a change that stands in the log. */
  void apply(StampedItems said) {
    Place place = new Place(said.change().lineage(), said.partition());
    Entry entry = entries.computeIfAbsent(place, unused -> new Entry());
    if (said.fromScratch()) {
      entry.catalogue = null;
      entry.waiting.clear();
      entry.factors++;
    }
    entry.label = said.label();
    entry.asOfSeconds = Math.max(entry.asOfSeconds, said.change().asOfSeconds());
    for (ItemsChanged.ItemState state : said.change().items()) {
      entry.waiting.put(state.item(), change(state));
    }
  }

  private static ItemChange change(ItemsChanged.ItemState state) {
    return new ItemChange(
        state.item(),
        state.attributes().orElse(List.of()),
        state.attributes().isPresent(),
        state.available(),
        state.count(),
        state.sum(),
        state.recent(),
        state.recentAtSeconds());
  }

  /**
   * The items at the place of an event that is being folded.
   *
   * @param release digest of the release in force there, whose table it is
   */
  ItemView view(String lineage, int partition, String release, ItemTable table) {
    Entry entry = entries.computeIfAbsent(new Place(lineage, partition), unused -> new Entry());
    if (!isCurrent(entry, release)) {
      bringUpToDate(lineage, entry, release, table);
    }
    return new ItemView(Objects.requireNonNull(entry.catalogue), entry.label, entry.factors);
  }

  private static boolean isCurrent(Entry entry, String release) {
    return entry.catalogue != null
        && entry.release.equals(release)
        && entry.waiting.isEmpty()
        && entry.catalogue.asOfSeconds() == asOf(entry, entry.catalogue.table());
  }

  /** Of the table of the release in force, whichever came before, and of what was said since. */
  private static long asOf(Entry entry, ItemTable table) {
    return Math.max(table.scale().asOfSeconds(), entry.asOfSeconds);
  }

  private void bringUpToDate(String lineage, Entry entry, String release, ItemTable table) {
    boolean sameRelease = entry.catalogue != null && entry.release.equals(release);
    Catalogue before = entry.catalogue;
    if (!sameRelease) {
      entry.release = release;
      entry.factors++;
    }
    List<ItemChange> changes = List.copyOf(entry.waiting.values());
    Catalogue after = ofAnother(lineage, entry);
    if (after == null) {
      Catalogue base = before == null ? Catalogue.of(table) : before;
      after =
          (sameRelease || before == null ? base : base.over(table))
              .with(changes, asOf(entry, table));
    }
    if (sameRelease && before != null && describesAnew(before, after, changes)) {
      entry.factors++;
    }
    entry.catalogue = after;
    entry.waiting.clear();
  }

  private static boolean describesAnew(
      Catalogue before, Catalogue after, List<ItemChange> changes) {
    for (ItemChange change : changes) {
      int known = before.position(change.item());
      List<String> said = known < 0 ? List.of() : before.attributes(known);
      if (!after.attributes(after.position(change.item())).equals(said)) {
        return true;
      }
    }
    return false;
  }

  /** Equal labels are equal changes in equal order. */
  private @Nullable Catalogue ofAnother(String lineage, Entry entry) {
    for (Map.Entry<Place, Entry> other : entries.entrySet()) {
      Entry theirs = other.getValue();
      boolean current = isCurrent(theirs, entry.release);
      if (theirs != entry
          && current
          && theirs.label.equals(entry.label)
          && other.getKey().lineage().equals(lineage)) {
        return theirs.catalogue;
      }
    }
    return null;
  }
}

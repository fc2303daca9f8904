package dev.freshet.adaptation.items;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the stream has said of each item, by position. Immutable; the next version shares all pages
 * but those with a change in them.
 */
final class StreamedItems {
  static final int PAGE = 64;
  private static final @Nullable Item[] UNTOUCHED = new Item[PAGE];

  /**
   * One of them.
   *
   * @param change the last
   * @param order of its first change among all items: what a checkpoint keeps positions by
   * @param entry the table's, or what the attributes say of a new item
   */
  record Item(ItemChange change, int order, ItemEntry entry) {}

  private final ItemTable table;
  private final @Nullable Item[][] pages;
  private final ArrivalIndex arrivals;
  private final int size;
  private final int changed;

  private StreamedItems(
      ItemTable table, @Nullable Item[][] pages, ArrivalIndex arrivals, int size, int changed) {
    this.table = table;
    this.pages = pages;
    this.arrivals = arrivals;
    this.size = size;
    this.changed = changed;
  }

  /** Nothing yet. */
  static StreamedItems none(ItemTable table) {
    int size = table.ids().size();
    @Nullable Item[][] pages = new Item[pagesFor(size)][];
    Arrays.fill(pages, UNTOUCHED);
    return new StreamedItems(table, pages, ArrivalIndex.EMPTY, size, 0);
  }

  private static int pagesFor(int size) {
    return (size + PAGE - 1) / PAGE;
  }

  ItemTable table() {
    return table;
  }

  int size() {
    return size;
  }

  int position(String id) {
    int place = table.place(id);
    return place >= 0 ? place : arrivals.position(id);
  }

  /** Nothing where the stream has not spoken of the item. */
  @Nullable Item at(int position) {
    return pages[Objects.checkIndex(position, size) / PAGE][position % PAGE];
  }

  /** Whether a page is the very one that another version has; nothing is compared by value. */
  @SuppressWarnings("ReferenceEquality")
  boolean sharesPage(StreamedItems other, int page) {
    return table == other.table
        && page < pages.length
        && page < other.pages.length
        && pages[page] == other.pages[page];
  }

  /** In the order of the items' first changes. */
  List<ItemChange> changes() {
    ItemChange[] all = new ItemChange[changed];
    for (@Nullable Item[] page : pages) {
      for (Item item : page) {
        if (item != null) {
          all[item.order] = item.change;
        }
      }
    }
    return List.of(all);
  }

  StreamedItems with(List<ItemChange> changes) {
    Draft draft = new Draft(this);
    changes.forEach(draft::apply);
    return draft.done();
  }

  /** The next version, while it is made. */
  private static final class Draft {
    private final ItemTable table;
    private final List<@Nullable Item[]> pages;
    private final BitSet copied = new BitSet();
    private ArrivalIndex arrivals;
    private int size;
    private int changed;

    Draft(StreamedItems from) {
      this.table = from.table;
      this.pages = new ArrayList<>(Arrays.asList(from.pages));
      this.arrivals = from.arrivals;
      this.size = from.size;
      this.changed = from.changed;
    }

    void apply(ItemChange change) {
      int place = table.place(change.item());
      int position = place >= 0 ? place : arrivals.position(change.item());
      if (position < 0) {
        position = size++;
        arrivals = arrivals.with(change.item(), position);
        if (position / PAGE == pages.size()) {
          pages.add(UNTOUCHED);
        }
      }
      @Nullable Item[] page = ownPage(position / PAGE);
      Item before = page[position % PAGE];
      page[position % PAGE] =
          place >= 0
              ? new Item(named(change, place), order(before), table.entry(place))
              : new Item(change, order(before), prior(before, change));
    }

    private @Nullable Item[] ownPage(int page) {
      if (!copied.get(page)) {
        copied.set(page);
        pages.set(page, pages.get(page).clone());
      }
      return pages.get(page);
    }

    private int order(@Nullable Item before) {
      return before == null ? changed++ : before.order;
    }

    private ItemEntry prior(@Nullable Item before, ItemChange change) {
      return before != null && before.change.attributes().equals(change.attributes())
          ? before.entry
          : table.prior(change.attributes());
    }

    /** With the table's own text of the id: the change's is one more copy of it in memory. */
    private ItemChange named(ItemChange change, int place) {
      return new ItemChange(
          table.ids().get(place),
          change.attributes(),
          change.described(),
          change.available(),
          change.count(),
          change.sum(),
          change.recent(),
          change.recentAtSeconds());
    }

    StreamedItems done() {
      return new StreamedItems(
          table, pages.toArray(new @Nullable Item[0][]), arrivals, size, changed);
    }
  }
}

package dev.freshet.schemas;

import java.util.List;
import java.util.Optional;

/**
 * The fence by which changes of the item table take effect: the job itself writes it into every
 * partition of the log, so that the table in force has a position in each task's history.
 *
 * @param version ascends; one that does not exceed the version in force changes nothing
 * @param asOfSeconds Unix time that the table stands for
 * @param items what changed, each as it is now
 * @param segments what changed, each as it is now
 */
public record ItemsChanged(
    String lineage,
    long version,
    long asOfSeconds,
    List<ItemState> items,
    List<SegmentState> segments)
    implements TaskEvent.Fence {
  /** Rows made of such numbers are finite in float32. */
  private static final double NUMBER_MAX = 0x1p40;

  public ItemsChanged {
    TaskKey.requireLineage(lineage);
    Require.that(version > 0, "version is %d, expected at least 1", version);
    items = List.copyOf(items);
    segments = List.copyOf(segments);
  }

  /**
   * All that the log has said of an item.
   *
   * @param attributes empty where the log has not described it
   * @param available whether it may be recommended
   * @param count examples in force
   * @param sum of their numbers
   * @param recent the count, decayed, at {@code recentAtSeconds}
   */
  public record ItemState(
      String item,
      Optional<List<String>> attributes,
      boolean available,
      long count,
      double sum,
      double recent,
      long recentAtSeconds) {
    public ItemState {
      Require.id("item", item);
      attributes = attributes.map(List::copyOf);
      Require.that(
          count >= 0
              && count <= Integer.MAX_VALUE
              && recent >= 0
              && recent <= NUMBER_MAX
              && Math.abs(sum) <= NUMBER_MAX,
          "item '%s' has count %d, sum %s and recent count %s, expected counts from 0 to 2^31 and"
              + " numbers of at most 2^40",
          item,
          count,
          sum,
          recent);
    }
  }

  /** What a task begins with whose parent is this segment. */
  public record SegmentState(String task, List<SegmentRow> rows) {
    public SegmentState {
      Require.id("segment", task);
      rows = List.copyOf(rows);
    }
  }

  /** An item with its number in the segment. */
  public record SegmentRow(String item, double number) {
    public SegmentRow {
      Require.id("item", item);
      Require.that(
          Math.abs(number) <= NUMBER_MAX,
          "item '%s' has the number %s, expected one of at most 2^40",
          item,
          number);
    }
  }
}

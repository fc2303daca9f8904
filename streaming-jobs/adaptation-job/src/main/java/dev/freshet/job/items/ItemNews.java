package dev.freshet.job.items;

import dev.freshet.job.log.WireType;
import dev.freshet.schemas.ItemsChanged.SegmentState;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** Something that changes the item table of a lineage at its next version. */
public sealed interface ItemNews {
  /** How it crosses the network. */
  TypeInformation<ItemNews> TYPE = new WireType<>(ItemNews.class, new ItemNewsSerializer());

  /** Where the steps put it. */
  OutputTag<ItemNews> TAG = new OutputTag<>("item-news", TYPE);

  /** Whose items they are. */
  String lineage();

  /**
   * An item was introduced, described, withdrawn or brought back.
   *
   * @param attributes empty for as known before
   */
  record Described(
      String lineage, String item, Optional<List<String>> attributes, boolean available)
      implements ItemNews {}

  /**
   * An example of an item joined a task's support or was taken out of it.
   *
   * @param value its number
   * @param joined false where it was retracted, corrected, or its task was closed
   * @param atSeconds log time at which it was added
   * @param halfLifeSeconds of decayed counts, by the release in force
   * @param known whether the release or the log knew the item; one that nobody described is not to
   *     be recommended
   */
  record Counted(
      String lineage,
      String item,
      double value,
      boolean joined,
      long atSeconds,
      double halfLifeSeconds,
      boolean known)
      implements ItemNews {}

  /** What a segment says now. */
  record SegmentSaid(String lineage, SegmentState segment) implements ItemNews {}
}

package dev.freshet.job.items;

import dev.freshet.schemas.ItemsChanged;
import dev.freshet.schemas.ItemsChanged.ItemState;
import dev.freshet.schemas.ItemsChanged.SegmentRow;
import dev.freshet.schemas.ItemsChanged.SegmentState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one partition of the log has said of a lineage's items so far: a fold over its {@link
 * ItemsChanged}, in the order in which items first came.
 *
 * <p>Its label names what was folded: the last version, and the first 64 bits of SHA-256 over the
 * label before it and the record. Partitions with equal labels have read the same records.
 */
public final class ItemLedger {
  private static final int ITEMS_PER_RECORD = 512;
  private static final int SEGMENTS_PER_RECORD = 64;
  private static final int DIGEST_BYTES = 8;

  private final String lineage;
  private final Map<String, ItemState> items = new LinkedHashMap<>();
  private final Map<String, SegmentState> segments = new LinkedHashMap<>();
  private String label;
  private long version;
  private long asOfSeconds;

  /** Of a lineage of which nothing was said. */
  public ItemLedger(String lineage) {
    this.lineage = lineage;
    this.label = UNCHANGED;
  }

  /** Label of the table that nothing was said of. */
  public static final String UNCHANGED = "0";

  /**
   * Takes a record.
   *
   * @param bytes of the record, as they stand in the log
   * @return whether it said anything new; one that does not exceed the version in force does not
   */
  public boolean apply(ItemsChanged change, byte[] bytes) {
    if (change.version() <= version) {
      return false;
    }
    fold(change);
    label = version + "-" + chained(label, bytes);
    return true;
  }

  private void fold(ItemsChanged change) {
    change.items().forEach(item -> items.put(item.item(), item));
    change.segments().forEach(segment -> segments.put(segment.task(), segment));
    version = change.version();
    asOfSeconds = Math.max(asOfSeconds, change.asOfSeconds());
  }

  private static String chained(String before, byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(before.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(bytes), DIGEST_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform must offer SHA-256.", e);
    }
  }

  /** Names all that was folded. */
  public String label() {
    return label;
  }

  /** Of the last record. */
  public long version() {
    return version;
  }

  /** What a segment says here; empty where nothing was said of it. */
  public Optional<List<SegmentRow>> segment(String task) {
    return Optional.ofNullable(segments.get(task)).map(SegmentState::rows);
  }

  /** All of it again, in records of a limited size; none where nothing was said. */
  public List<ItemsChanged> whole() {
    List<ItemsChanged> records = new ArrayList<>();
    if (version == 0) {
      return records;
    }
    List<ItemState> all = List.copyOf(items.values());
    for (int from = 0; from < all.size(); from += ITEMS_PER_RECORD) {
      records.add(
          new ItemsChanged(
              lineage,
              version,
              asOfSeconds,
              all.subList(from, Math.min(all.size(), from + ITEMS_PER_RECORD)),
              List.of()));
    }
    List<SegmentState> voices = List.copyOf(segments.values());
    for (int from = 0; from < voices.size(); from += SEGMENTS_PER_RECORD) {
      records.add(
          new ItemsChanged(
              lineage,
              version,
              asOfSeconds,
              List.of(),
              voices.subList(from, Math.min(voices.size(), from + SEGMENTS_PER_RECORD))));
    }
    if (records.isEmpty()) {
      records.add(new ItemsChanged(lineage, version, asOfSeconds, List.of(), List.of()));
    }
    return records;
  }

  /** Takes back what {@link #whole} gave, under the label that it had. */
  public void restore(ItemsChanged part, String labelThen) {
    fold(part);
    label = labelThen;
  }
}

package dev.freshet.adaptation.items;

import java.util.List;

/**
 * Places of ids in a list: open addressing over one array of numbers, 4 to 8 bytes an id where a
 * map takes about 50. Immutable.
 */
final class IdIndex {
  /** Odd, near 2^32 over the golden ratio: ids that differ in their last character spread. */
  private static final int SPREAD = 0x9e3779b9;

  private final List<String> ids;

  /** Place + 1, or 0 where there is none; at least half of them. */
  private final int[] slots;

  private final int shift;

  /**
   * Indexes.
   *
   * @param ids all different, with quick access by place
   */
  IdIndex(List<String> ids) {
    this.ids = ids;
    int bits = 33 - Integer.numberOfLeadingZeros(Math.max(1, ids.size()));
    this.shift = 32 - bits;
    this.slots = new int[1 << bits];
    for (int place = 0; place < ids.size(); place++) {
      int slot = slotOf(ids.get(place));
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = place + 1;
    }
  }

  private int slotOf(String id) {
    return (id.hashCode() * SPREAD) >>> shift;
  }

  /** The id's place, or −1. */
  int place(String id) {
    int slot = slotOf(id);
    while (slots[slot] != 0) {
      int place = slots[slot] - 1;
      if (ids.get(place).equals(id)) {
        return place;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return -1;
  }
}

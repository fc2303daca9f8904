package dev.freshet.adaptation.items;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Positions of the items that came on the stream. Immutable: adding one copies the few small arrays
 * on the way to it and shares the rest (a hash trie: Bagwell, Ideal Hash Trees, 2001, without the
 * bitmaps), so that every version of a catalogue has its own at next to no cost.
 */
final class ArrivalIndex {
  static final ArrivalIndex EMPTY = new ArrivalIndex(new Arrival[0]);

  private static final int BITS = 5;
  private static final int BRANCHES = 1 << BITS;
  private static final int LEAF_MAX = 8;

  private record Arrival(String id, int position) {}

  /** Arrivals in a leaf; else one index for each of the next bits of the hash, where any came. */
  private final Object root;

  private ArrivalIndex(Object root) {
    this.root = root;
  }

  /** The item's position, or −1. */
  int position(String id) {
    Object node = root;
    int hash = mixed(id);
    while (node instanceof Object[] branches && !(node instanceof Arrival[])) {
      Object next = branches[hash & (BRANCHES - 1)];
      if (next == null) {
        return -1;
      }
      node = next;
      hash >>>= BITS;
    }
    for (Arrival arrival : (Arrival[]) node) {
      if (arrival.id.equals(id)) {
        return arrival.position;
      }
    }
    return -1;
  }

  /** With one more, which must not be here yet. */
  ArrivalIndex with(String id, int position) {
    return new ArrivalIndex(with(root, new Arrival(id, position), 0));
  }

  private static Object with(@Nullable Object node, Arrival arrival, int depthBits) {
    if (node == null) {
      return new Arrival[] {arrival};
    }
    if (node instanceof Arrival[] leaf) {
      if (leaf.length < LEAF_MAX || depthBits >= Integer.SIZE) {
        Arrival[] longer = Arrays.copyOf(leaf, leaf.length + 1);
        longer[leaf.length] = arrival;
        return longer;
      }
      Object split = new Object[BRANCHES];
      for (Arrival old : leaf) {
        split = with(split, old, depthBits);
      }
      return with(split, arrival, depthBits);
    }
    Object[] branches = ((Object[]) node).clone();
    int branch = (mixed(arrival.id) >>> depthBits) & (BRANCHES - 1);
    branches[branch] = with(branches[branch], arrival, depthBits + BITS);
    return branches;
  }

  /** Spreads what differs in a hash over its lower bits, which are looked at first. */
  private static int mixed(String id) {
    int hash = id.hashCode() * 0x9e3779b9;
    return hash ^ (hash >>> 16);
  }
}

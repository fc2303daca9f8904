package dev.freshet.trainer.readers;

import dev.freshet.trainer.catalogue.IndexedRatings;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The items in the softmax of the inner loop: all, or of a large catalogue the most rated. */
final class Background {
  private static final int ITEMS_MAX = 8192;

  private final int[] items;
  private final int[] positions;

  Background(IndexedRatings ratings) {
    int[] counts = new int[ratings.items().size()];
    for (int row = 0; row < ratings.rows(); row++) {
      counts[ratings.item(row)]++;
    }
    items =
        IntStream.range(0, counts.length)
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> -counts[i]).thenComparing(i -> i))
            .limit(ITEMS_MAX)
            .mapToInt(Integer::intValue)
            .toArray();
    positions = new int[counts.length];
    Arrays.fill(positions, -1);
    for (int j = 0; j < items.length; j++) {
      positions[items[j]] = j;
    }
  }

  int size() {
    return items.length;
  }

  /** An item's number, by its position. */
  int item(int position) {
    return items[position];
  }

  /** By an item's number; −1 where it is not in the background. */
  int position(int item) {
    return positions[item];
  }
}

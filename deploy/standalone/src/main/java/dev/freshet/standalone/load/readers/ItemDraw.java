package dev.freshet.standalone.load.readers;

import dev.freshet.adaptation.items.ItemTable;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Draws items as often as the release has seen them rated: some all the time, most hardly ever. */
final class ItemDraw {
  private final List<String> ids;
  private final double[] upTo;

  ItemDraw(ItemTable table) {
    ids = table.ids();
    if (ids.isEmpty()) {
      throw new IllegalArgumentException(
          "The item table is empty, expected items to rate. Train the release on ratings.");
    }
    upTo = new double[ids.size()];
    double sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum += 1 + table.item(ids.get(i)).orElseThrow().count();
      upTo[i] = sum;
    }
  }

  String next(SplittableRandom random) {
    int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
    return ids.get(Math.min(ids.size() - 1, found < 0 ? -found - 1 : found + 1));
  }
}

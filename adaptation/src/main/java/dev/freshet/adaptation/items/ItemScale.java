package dev.freshet.adaptation.items;

/**
 * What the statistics of all items have in common, as the release fixed it.
 *
 * @param mean of all numbers
 * @param shrinkage ratings that an item's prior is worth; above 0
 * @param halfLifeSeconds after which an event counts half towards the decayed count; above 0
 * @param asOfSeconds Unix time at which the table's decayed counts were taken
 * @param valueMin the smallest number among the ratings, in their own unit
 * @param valueMax the largest
 */
public record ItemScale(
    double mean,
    double shrinkage,
    double halfLifeSeconds,
    long asOfSeconds,
    double valueMin,
    double valueMax) {
  public ItemScale {
    if (!Double.isFinite(mean)
        || !(shrinkage > 0)
        || !(halfLifeSeconds > 0)
        || Double.isInfinite(halfLifeSeconds)) {
      throw new IllegalArgumentException(
          "Item scale has mean %s, shrinkage %s and half-life %s s, expected finite numbers, the last two above 0."
              .formatted(mean, shrinkage, halfLifeSeconds));
    }
    if (!Double.isFinite(valueMin) || !Double.isFinite(valueMax) || valueMin > valueMax) {
      throw new IllegalArgumentException(
          "Item scale has values from %s to %s, expected finite numbers, the smaller first."
              .formatted(valueMin, valueMax));
    }
  }
}

package dev.freshet.adaptation.items;

/**
 * What the statistics of all items have in common, as the release fixed it.
 *
 * @param mean of all numbers
 * @param shrinkage ratings that an item's prior is worth; above 0
 * @param halfLifeSeconds after which an event counts half towards the decayed count; above 0
 * @param asOfSeconds Unix time at which the table's decayed counts were taken
 */
public record ItemScale(double mean, double shrinkage, double halfLifeSeconds, long asOfSeconds) {
  public ItemScale {
    if (!Double.isFinite(mean) || !(shrinkage > 0) || !(halfLifeSeconds > 0)) {
      throw new IllegalArgumentException(
          "Item scale has mean %s, shrinkage %s and half-life %s s, expected a finite mean and the others above 0."
              .formatted(mean, shrinkage, halfLifeSeconds));
    }
  }
}

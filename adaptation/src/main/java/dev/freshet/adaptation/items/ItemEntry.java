package dev.freshet.adaptation.items;

import java.util.Arrays;

/**
 * What a release knows of an item. Immutable, compared by value.
 *
 * @see ItemTable
 */
public final class ItemEntry {
  private final float[] factors;
  private final double priorBias;
  private final double count;
  private final double sum;
  private final double recent;

  /**
   * Copies.
   *
   * @param factors for rating, then for ranking
   * @param priorBias what the content says of the item's distance from the mean
   * @param count ratings
   * @param sum of the ratings
   * @param recent decayed count at the scale's time
   */
  public ItemEntry(float[] factors, double priorBias, double count, double sum, double recent) {
    this.factors = factors.clone();
    this.priorBias = priorBias;
    this.count = count;
    this.sum = sum;
    this.recent = recent;
    boolean finite = Double.isFinite(priorBias + count + sum + recent);
    for (float factor : factors) {
      finite &= Float.isFinite(factor);
    }
    if (!finite || count < 0 || recent < 0) {
      throw new IllegalArgumentException(
          "An item has %s, expected finite numbers and counts of 0 or more.".formatted(this));
    }
  }

  public float[] factors() {
    return factors.clone();
  }

  int width() {
    return factors.length;
  }

  void copyFactorsTo(float[] rows, int at) {
    System.arraycopy(factors, 0, rows, at, factors.length);
  }

  float factor(int index) {
    return factors[index];
  }

  public double priorBias() {
    return priorBias;
  }

  public double count() {
    return count;
  }

  public double sum() {
    return sum;
  }

  public double recent() {
    return recent;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ItemEntry entry
        && Arrays.equals(factors, entry.factors)
        && priorBias == entry.priorBias
        && count == entry.count
        && sum == entry.sum
        && recent == entry.recent;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(factors) * 31 + Double.hashCode(count + sum + priorBias);
  }

  @Override
  public String toString() {
    return "ItemEntry[factors=%s, priorBias=%s, count=%s, sum=%s, recent=%s]"
        .formatted(Arrays.toString(factors), priorBias, count, sum, recent);
  }
}

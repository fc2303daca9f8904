package dev.freshet.adaptation.items;

/**
 * The columns of an item's row, as support_x and query_x have them.
 *
 * <pre>
 * 0 … r−1     factors for rating, learned with the users integrated out
 * r … r+k−1   factors for ranking, learned with a softmax over the catalogue
 * r+k         the number that a user of whom nothing is known would give, in the ratings' own unit
 * r+k+1       log(1 + n), n the ratings of the item so far: how certain the last column is
 * r+k+2       log(1 + c), c the same count, decayed with the table's half-life
 * </pre>
 *
 * @param ratingFactors r, at least 1
 * @param rankingFactors k, at least 1
 */
public record ItemLayout(int ratingFactors, int rankingFactors) {
  private static final int STATISTICS = 3;

  public ItemLayout {
    if (ratingFactors < 1 || rankingFactors < 1) {
      throw new IllegalArgumentException(
          "An item has %d factors for rating and %d for ranking, expected 1 or more of each."
              .formatted(ratingFactors, rankingFactors));
    }
  }

  /** Length of a row, hence of every vector of the lineage. */
  public int features() {
    return factors() + STATISTICS;
  }

  /** Of both kinds: the columns that a release fixes. */
  public int factors() {
    return ratingFactors + rankingFactors;
  }

  /** Column of the expected number. */
  public int base() {
    return factors();
  }

  /** Column of the count. */
  public int count() {
    return factors() + 1;
  }

  /** Column of the decayed count. */
  public int recent() {
    return factors() + 2;
  }
}

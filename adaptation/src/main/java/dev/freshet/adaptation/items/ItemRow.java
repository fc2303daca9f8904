package dev.freshet.adaptation.items;

/** How an item's statistics become the columns of its row. */
final class ItemRow {
  private ItemRow() {}

  /**
   * What is left of a decayed count. An event from before the last counts as if it came with it.
   */
  static double decay(double ageSeconds, ItemScale scale) {
    return StrictMath.pow(2, -Math.max(0, ageSeconds) / scale.halfLifeSeconds());
  }

  /**
   * Writes a row.
   *
   * @param count ratings so far, the table's own included
   * @param sum of these
   * @param recent decayed count
   * @param at where the row begins
   */
  static void write(
      ItemTable table,
      ItemEntry entry,
      double count,
      double sum,
      double recent,
      float[] rows,
      int at) {
    ItemLayout layout = table.layout();
    ItemScale scale = table.scale();
    entry.copyFactorsTo(rows, at);
    double prior = scale.shrinkage() * entry.priorBias();
    rows[at + layout.base()] =
        (float) (scale.mean() + (sum - count * scale.mean() + prior) / (count + scale.shrinkage()));
    rows[at + layout.count()] = (float) StrictMath.log1p(count);
    rows[at + layout.recent()] = (float) StrictMath.log1p(recent);
  }
}

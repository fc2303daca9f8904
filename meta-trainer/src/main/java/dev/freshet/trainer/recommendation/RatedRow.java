package dev.freshet.trainer.recommendation;

/** A user's rating of an item, with the item's vector as it was just before it. */
final class RatedRow {
  private final int item;
  private final float[] vector;
  private final double value;

  /**
   * References the vector.
   *
   * @param item position in the catalogue, or −1 for an item outside
   */
  RatedRow(int item, float[] vector, double value) {
    this.item = item;
    this.vector = vector;
    this.value = value;
  }

  int item() {
    return item;
  }

  float[] vector() {
    return vector;
  }

  double value() {
    return value;
  }
}

package dev.freshet.adaptation.items;

/**
 * An item's streamed statistics at a moment. An example keeps the one it was given at its own, so
 * that its row stays what it was although the catalogue moves on.
 *
 * @param count ratings on the stream, beyond the table's own; 0 or more
 * @param sum of these, in the ratings' own unit
 * @param recent the item's decayed count as it was then; 0 or more. Unlike the others it has the
 *     table's part in it: what had decayed by then cannot be told later
 */
public record ItemMoment(long count, double sum, float recent) {
  /** Of an item that nobody has turned to. */
  public static final ItemMoment NONE = new ItemMoment(0, 0, 0);

  public ItemMoment {
    if (count < 0 || !Double.isFinite(sum) || !(recent >= 0) || recent == Float.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "An item's moment has count %s, sum %s and recent count %s, expected finite numbers and counts of 0 or more."
              .formatted(count, sum, recent));
    }
  }
}

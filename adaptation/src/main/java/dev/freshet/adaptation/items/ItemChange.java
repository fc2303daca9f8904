package dev.freshet.adaptation.items;

import java.util.List;

/**
 * All that the stream has said of one item, at a version of the catalogue: absolute, so that the
 * last one counts and those before it are forgotten.
 *
 * @param item its id
 * @param attributes sorted, each once; none where the stream did not describe the item
 * @param described whether these attributes are the stream's word; if not, the table's hold
 * @param available false once the item is withdrawn
 * @param count ratings on the stream, beyond the table's own; 0 or more
 * @param sum of these, in the ratings' own unit
 * @param recent decayed count of these, at {@code recentAtSeconds}; 0 or more
 * @param recentAtSeconds Unix time
 */
public record ItemChange(
    String item,
    List<String> attributes,
    boolean described,
    boolean available,
    long count,
    double sum,
    double recent,
    long recentAtSeconds) {
  public ItemChange {
    attributes = attributes.stream().sorted().distinct().toList();
    if (!described && !attributes.isEmpty()) {
      throw new IllegalArgumentException(
          "Item '%s' has attributes %s, but is not described. Say that it is, or leave them out."
              .formatted(item, attributes));
    }
    if (count < 0
        || !Double.isFinite(sum)
        || !(recent >= 0)
        || recent == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "Item '%s' has count %s, sum %s and recent count %s, expected finite numbers and counts of 0 or more."
              .formatted(item, count, sum, recent));
    }
  }
}

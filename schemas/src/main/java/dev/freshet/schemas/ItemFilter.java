package dev.freshet.schemas;

import java.util.List;

/**
 * Which items may be answered.
 *
 * @param seen whether items of the task's own examples may
 * @param unavailable whether candidates may that were withdrawn; a ranking of the whole catalogue
 *     never has them
 * @param attributes an item needs one of these; empty for any item
 */
public record ItemFilter(boolean seen, boolean unavailable, List<String> attributes) {
  /** Of a query that says nothing else: neither seen nor withdrawn items. */
  public static final ItemFilter DEFAULT = new ItemFilter(false, false, List.of());

  /** Of a query that names its candidates: it gets an answer for each. */
  public static final ItemFilter NONE = new ItemFilter(true, true, List.of());

  public ItemFilter {
    attributes = List.copyOf(attributes);
    attributes.forEach(attribute -> Require.id("attribute", attribute));
  }
}

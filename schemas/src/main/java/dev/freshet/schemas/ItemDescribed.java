package dev.freshet.schemas;

import java.util.List;
import java.util.Optional;

/**
 * Introduces an item, describes it anew, withdraws it or brings it back. Its key is that of {@link
 * #key}; what it says takes effect with the next {@link ItemsChanged}.
 *
 * @param attributes those that the release may know, e.g. {@code genre:drama}; empty for as known
 *     before
 * @param available whether it may be recommended
 */
public record ItemDescribed(
    String lineage, String item, Optional<List<String>> attributes, boolean available)
    implements TaskEvent {
  private static final int ATTRIBUTES_MAX = 256;

  public ItemDescribed {
    TaskKey.requireTask(lineage, item);
    attributes = attributes.map(List::copyOf);
    attributes.ifPresent(
        names -> {
          names.forEach(name -> Require.id("attribute", name));
          Require.that(
              names.size() <= ATTRIBUTES_MAX,
              "item '%s' has %d attributes, at most %d are allowed",
              item,
              names.size(),
              ATTRIBUTES_MAX);
        });
  }

  /** {@code lineage/item}, so that what is said of an item keeps its order. */
  public TaskKey key() {
    return new TaskKey(lineage, item);
  }
}

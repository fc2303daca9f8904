package dev.freshet.adaptation.items;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a release knows of its items, in the order of their ids, and of the attributes that items
 * have, so that a new item can be given a prior: the sum of its attributes' entries. Immutable.
 */
public final class ItemTable {
  private final ItemLayout layout;
  private final ItemScale scale;
  private final TreeMap<String, ItemEntry> items;
  private final TreeMap<String, ItemEntry> attributes;
  private final List<String> ids;

  /**
   * Copies.
   *
   * @param items by id
   * @param attributes by name; what each adds to the prior of an item that has it
   */
  public ItemTable(
      ItemLayout layout,
      ItemScale scale,
      Map<String, ItemEntry> items,
      Map<String, ItemEntry> attributes) {
    this.layout = layout;
    this.scale = scale;
    this.items = new TreeMap<>(items);
    this.attributes = new TreeMap<>(attributes);
    this.ids = List.copyOf(this.items.keySet());
    this.items.forEach((id, entry) -> check("Item", id, entry));
    this.attributes.forEach((name, entry) -> check("Attribute", name, entry));
  }

  private void check(String what, String id, ItemEntry entry) {
    if (entry.width() != layout.factors()) {
      throw new IllegalArgumentException(
          "%s '%s' has %d factors, but %s has %d."
              .formatted(what, id, entry.width(), layout, layout.factors()));
    }
  }

  public ItemLayout layout() {
    return layout;
  }

  public ItemScale scale() {
    return scale;
  }

  /** In alphabetical order. */
  public List<String> ids() {
    return ids;
  }

  public Optional<ItemEntry> item(String id) {
    return Optional.ofNullable(items.get(id));
  }

  /** In alphabetical order. */
  public List<String> attributes() {
    return List.copyOf(attributes.keySet());
  }

  Map<String, ItemEntry> itemEntries() {
    return Collections.unmodifiableMap(items);
  }

  Map<String, ItemEntry> attributeEntries() {
    return Collections.unmodifiableMap(attributes);
  }

  /**
   * What is expected of an item before anybody has rated it.
   *
   * @param names its attributes; those that the table does not know add nothing
   */
  public ItemEntry prior(Collection<String> names) {
    float[] factors = new float[layout.factors()];
    double bias = 0;
    for (String name :
        names.stream().sorted().distinct().filter(attributes::containsKey).toList()) {
      ItemEntry entry = Objects.requireNonNull(attributes.get(name));
      for (int i = 0; i < factors.length; i++) {
        factors[i] += entry.factor(i);
      }
      bias += entry.priorBias();
    }
    return new ItemEntry(factors, bias, 0, 0, 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ItemTable table
        && layout.equals(table.layout)
        && scale.equals(table.scale)
        && items.equals(table.items)
        && attributes.equals(table.attributes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(layout, scale, ids);
  }

  @Override
  public String toString() {
    return "ItemTable of " + items.size() + " items, " + attributes.size() + " attributes";
  }
}

package dev.freshet.adaptation.items;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
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
  private final List<String> ids;
  private final List<ItemEntry> entries;
  private final List<List<String>> attributesOf;
  private final IdIndex index;
  private final TreeMap<String, ItemEntry> attributes;

  /**
   * Copies.
   *
   * @param items by id
   * @param attributesOf names of the attributes of the items that have some, by id: for filters
   * @param attributes by name; what each adds to the prior of an item that has it
   */
  public ItemTable(
      ItemLayout layout,
      ItemScale scale,
      Map<String, ItemEntry> items,
      Map<String, List<String>> attributesOf,
      Map<String, ItemEntry> attributes) {
    this.layout = layout;
    this.scale = scale;
    TreeMap<String, ItemEntry> sorted = new TreeMap<>(items);
    this.ids = List.copyOf(sorted.keySet());
    this.entries = List.copyOf(sorted.values());
    this.index = new IdIndex(ids);
    // Items with the same attributes share one list.
    Map<List<String>, List<String>> lists = new HashMap<>();
    this.attributesOf =
        ids.stream().map(id -> shared(lists, attributesOf.getOrDefault(id, List.of()))).toList();
    this.attributes = new TreeMap<>(attributes);
    sorted.forEach((id, entry) -> check("Item", id, entry));
    this.attributes.forEach((name, entry) -> check("Attribute", name, entry));
    for (String id : attributesOf.keySet()) {
      if (index.place(id) < 0) {
        throw new IllegalArgumentException(
            "Item '%s' has attributes %s, but is none of the table's %d items."
                .formatted(id, attributesOf.get(id), ids.size()));
      }
    }
  }

  private static List<String> shared(
      Map<List<String>, List<String>> lists, Collection<String> names) {
    List<String> sorted = names.stream().sorted().distinct().toList();
    return lists.computeIfAbsent(sorted, unused -> sorted);
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
    int place = index.place(id);
    return place < 0 ? Optional.empty() : Optional.of(entries.get(place));
  }

  /** Names of an item's attributes, sorted, each once; none for an item that is not here. */
  public List<String> attributesOf(String id) {
    int place = index.place(id);
    return place < 0 ? List.of() : attributesOf.get(place);
  }

  /** In alphabetical order. */
  public List<String> attributes() {
    return List.copyOf(attributes.keySet());
  }

  /** Place among {@link #ids}, or −1. */
  int place(String id) {
    return index.place(id);
  }

  ItemEntry entry(int place) {
    return entries.get(place);
  }

  List<String> attributesAt(int place) {
    return attributesOf.get(place);
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
        && ids.equals(table.ids)
        && entries.equals(table.entries)
        && attributesOf.equals(table.attributesOf)
        && attributes.equals(table.attributes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(layout, scale, ids);
  }

  @Override
  public String toString() {
    return "ItemTable of " + ids.size() + " items, " + attributes.size() + " attributes";
  }
}

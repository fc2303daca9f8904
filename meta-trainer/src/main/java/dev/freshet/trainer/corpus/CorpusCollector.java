package dev.freshet.trainer.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers texts by category, in order of first appearance, and keeps those that stand for one
 * category only. A text under two labels teaches nothing and makes any answer half wrong.
 */
final class CorpusCollector {
  private final Map<String, Gathered> categories = new LinkedHashMap<>();
  private final Map<String, Sightings> sightings = new LinkedHashMap<>();
  private long unreadableRows;

  private record Gathered(String id, String name, Optional<String> description) {}

  /** Where a text was first seen, how often in all, and whether elsewhere too. */
  private static final class Sightings {
    final String category;
    int times;
    boolean ambiguous;

    Sightings(String category) {
      this.category = category;
    }
  }

  void countUnreadableRow() {
    unreadableRows++;
  }

  void category(String id, String name, Optional<String> description) {
    categories.putIfAbsent(id, new Gathered(id, name, description));
  }

  /** The category must have been named before. */
  void text(String category, String text) {
    Sightings seen = sightings.computeIfAbsent(text, unseen -> new Sightings(category));
    seen.times++;
    seen.ambiguous |= !seen.category.equals(category);
  }

  Corpus collect(String name, int textsMin) {
    Map<String, List<String>> textsByCategory = new LinkedHashMap<>();
    categories.keySet().forEach(id -> textsByCategory.put(id, new ArrayList<>()));
    long repeated = 0;
    long ambiguous = 0;
    for (Map.Entry<String, Sightings> entry : sightings.entrySet()) {
      Sightings seen = entry.getValue();
      if (seen.ambiguous) {
        ambiguous += seen.times;
      } else {
        repeated += seen.times - 1;
        textsByCategory.computeIfAbsent(seen.category, id -> new ArrayList<>()).add(entry.getKey());
      }
    }
    return keepLarge(name, textsMin, textsByCategory, repeated, ambiguous);
  }

  private Corpus keepLarge(
      String name,
      int textsMin,
      Map<String, List<String>> textsByCategory,
      long repeated,
      long ambiguous) {
    List<Category> kept = new ArrayList<>();
    long small = 0;
    long textsOfSmall = 0;
    for (Gathered category : categories.values()) {
      List<String> texts = textsByCategory.getOrDefault(category.id(), List.of());
      if (texts.size() >= textsMin) {
        kept.add(new Category(category.id(), category.name(), category.description(), texts));
      } else {
        small++;
        textsOfSmall += texts.size();
      }
    }
    return new Corpus(
        name, kept, new Skipped(unreadableRows, repeated, ambiguous, small, textsOfSmall));
  }
}

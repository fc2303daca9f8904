package dev.freshet.trainer.corpus;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides between categories that share kinds. A dog is a carnivore and a domestic animal; without
 * a decision it would be lost to both, and with it nearly all there is to a domestic animal.
 */
final class OverlappingKinds {
  private OverlappingKinds() {}

  /**
   * Removes the category with the fewest kinds of its own, again and again, until every one has
   * enough of them; of two equals, the first in the map. What a removed category shared becomes the
   * others' own.
   */
  static void dropCategoriesWithFewOfTheirOwn(
      Map<NounSynset, List<NounSynset>> kinds, int ownKindsMin) {
    while (!kinds.isEmpty()) {
      Map<NounSynset, Integer> ownKinds = ownKinds(kinds);
      NounSynset poorest =
          Collections.min(
              kinds.keySet(), Comparator.comparingInt(c -> ownKinds.getOrDefault(c, 0)));
      if (ownKinds.getOrDefault(poorest, 0) >= ownKindsMin) {
        return;
      }
      kinds.remove(poorest);
    }
  }

  private static Map<NounSynset, Integer> ownKinds(Map<NounSynset, List<NounSynset>> kinds) {
    Set<NounSynset> seen = new HashSet<>();
    Set<NounSynset> shared = new HashSet<>();
    kinds.values().forEach(all -> all.stream().filter(k -> !seen.add(k)).forEach(shared::add));
    Map<NounSynset, Integer> ownKinds = new HashMap<>();
    kinds.forEach(
        (category, all) ->
            ownKinds.put(category, (int) all.stream().filter(k -> !shared.contains(k)).count()));
    return ownKinds;
  }
}

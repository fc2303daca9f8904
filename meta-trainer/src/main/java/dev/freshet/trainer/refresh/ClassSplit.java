package dev.freshet.trainer.refresh;

import dev.freshet.trainer.corpus.Category;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.LeakCheck;
import dev.freshet.trainer.taskstream.NumberedSeed;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Classes in three: what is trained on, what chooses among what was trained, and what judges.
 *
 * <p>A class has a place of its own between 0 and 1, decided by seed and name, and the sides are
 * stretches of that line. So when classes join, few of the others change sides, and what one
 * refresh held out is all but never trained on by the next.
 */
public record ClassSplit(Corpus train, Corpus choosing, Corpus judging) {
  public ClassSplit {
    LeakCheck.requireDisjoint(train, choosing);
    LeakCheck.requireDisjoint(train, judging);
    LeakCheck.requireDisjoint(choosing, judging);
  }

  /**
   * Divides.
   *
   * @param corpus with more classes than the two numbers together
   */
  static ClassSplit of(Corpus corpus, int choosing, int judging, long seed) {
    List<String> byPlace =
        corpus.categories().stream()
            .map(Category::id)
            .sorted(
                Comparator.<String>comparingLong(id -> place(id, seed))
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    Set<String> judges = new HashSet<>(byPlace.subList(0, judging));
    Set<String> choosers = new HashSet<>(byPlace.subList(judging, judging + choosing));
    Set<String> rest = new TreeSet<>(byPlace.subList(judging + choosing, byPlace.size()));
    return new ClassSplit(
        part(corpus, "train", rest),
        part(corpus, "choosing", choosers),
        part(corpus, "judging", judges));
  }

  private static Corpus part(Corpus corpus, String side, Set<String> ids) {
    return new Corpus(corpus.name() + "/" + side, corpus.only(ids).categories(), corpus.skipped());
  }

  private static long place(String id, long seed) {
    return NumberedSeed.random(seed, id.hashCode()).nextLong();
  }
}

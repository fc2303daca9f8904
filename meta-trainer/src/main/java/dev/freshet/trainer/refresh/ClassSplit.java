package dev.freshet.trainer.refresh;

import dev.freshet.trainer.corpus.Category;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.LeakCheck;
import dev.freshet.trainer.corpus.LeakException;
import dev.freshet.trainer.taskstream.NumberedSeed;
import java.util.ArrayList;
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
 *
 * <p>Classes come again in later tasks, with other texts. So of the classes that are trained on,
 * the latest texts are kept back where there are enough: those of one half choose, of the other
 * judge.
 *
 * @param choosingRecurring texts kept back of classes that are trained on; may be empty
 * @param judgingRecurring the same, of other classes
 */
public record ClassSplit(
    Corpus train,
    Corpus choosing,
    Corpus judging,
    Corpus choosingRecurring,
    Corpus judgingRecurring) {
  /** Of a class that comes again, kept from training; as many must be left to train on. */
  private static final int TEXTS_KEPT_MIN = 20;

  public ClassSplit {
    LeakCheck.requireDisjoint(train, choosing);
    LeakCheck.requireDisjoint(train, judging);
    LeakCheck.requireDisjoint(choosing, judging);
    LeakCheck.requireDisjoint(choosingRecurring, judgingRecurring);
    requireOtherTexts(train, choosingRecurring);
    requireOtherTexts(train, judgingRecurring);
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
    List<Category> train = new ArrayList<>();
    List<List<Category>> kept = List.of(new ArrayList<>(), new ArrayList<>());
    int recurring = 0;
    for (Category category : part(corpus, "train", rest).categories()) {
      List<String> texts = category.texts();
      int back = Math.max(TEXTS_KEPT_MIN, texts.size() / 4);
      boolean enough = texts.size() - back >= TEXTS_KEPT_MIN;
      train.add(enough ? with(category, texts.subList(back, texts.size())) : category);
      if (enough) {
        kept.get(recurring++ % 2).add(with(category, texts.subList(0, back)));
      }
    }
    return new ClassSplit(
        new Corpus(corpus.name() + "/train", train, corpus.skipped()),
        part(corpus, "choosing", choosers),
        part(corpus, "judging", judges),
        new Corpus(corpus.name() + "/choosing-recurring", kept.get(0), corpus.skipped()),
        new Corpus(corpus.name() + "/judging-recurring", kept.get(1), corpus.skipped()));
  }

  /** Whether there are enough classes that come again to make tasks of, on both sides. */
  boolean hasRecurring(int classesMin) {
    return choosingRecurring.categories().size() >= classesMin
        && judgingRecurring.categories().size() >= classesMin;
  }

  private static Category with(Category category, List<String> texts) {
    return new Category(category.id(), category.name(), category.description(), texts);
  }

  private static void requireOtherTexts(Corpus train, Corpus kept) {
    Set<String> trained = new HashSet<>();
    train.categories().forEach(category -> trained.addAll(category.texts()));
    for (Category category : kept.categories()) {
      for (String text : category.texts()) {
        if (trained.contains(text)) {
          throw new LeakException(
              "A text of category '%s' is both trained on and kept back: %s"
                  .formatted(category.id(), text));
        }
      }
    }
  }

  private static Corpus part(Corpus corpus, String side, Set<String> ids) {
    return new Corpus(corpus.name() + "/" + side, corpus.only(ids).categories(), corpus.skipped());
  }

  private static long place(String id, long seed) {
    return NumberedSeed.random(seed, id.hashCode()).nextLong();
  }
}

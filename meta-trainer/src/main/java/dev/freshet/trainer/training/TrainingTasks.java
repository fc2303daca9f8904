package dev.freshet.trainer.training;

import dev.freshet.schemas.Label;
import dev.freshet.trainer.corpus.Category;
import dev.freshet.trainer.corpus.CategorySplit;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.LeakCheck;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.embedding.Progress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A corpus, divided by class and embedded. Half the tasks are as streams leave them, half have even
 * counts.
 *
 * @param train what is trained on
 * @param heldOut classes that decide when to stop; none of them is trained on
 * @param classes vectors of the training texts, by class
 */
public record TrainingTasks(
    Corpus train,
    Corpus heldOut,
    TaskSource training,
    TaskSource judging,
    List<List<float[]>> classes) {
  /** So that held-out tasks are not drawn by the numbers of the others. */
  private static final long HELD_OUT_SEED = 0x5DEECE66DL;

  /**
   * Divides, embeds, and makes sources.
   *
   * @param corpus the training side of whatever there is; what it is judged by later has no part in
   *     it
   * @param store must stay open while tasks are drawn
   * @throws dev.freshet.trainer.corpus.UnusableCorpusException if the corpus is too small
   */
  public static TrainingTasks of(
      Corpus corpus, EmbeddingStore store, TrainingSettings settings, Progress progress) {
    int shown = (int) Math.round(corpus.categories().size() * settings.heldOutShare());
    CategorySplit split = CategorySplit.of(corpus, Math.max(1, shown), settings.seed());
    Corpus heldOut =
        new Corpus(corpus.name() + "/held-out", split.demo().categories(), corpus.skipped());
    return of(split.train(), heldOut, store, settings, progress);
  }

  /**
   * The same of a corpus that was divided before.
   *
   * @throws dev.freshet.trainer.corpus.LeakException if a class or a text is on both sides
   * @throws dev.freshet.trainer.corpus.UnusableCorpusException if a side is too small
   */
  public static TrainingTasks of(
      Corpus train,
      Corpus heldOut,
      EmbeddingStore store,
      TrainingSettings settings,
      Progress progress) {
    LeakCheck.requireDisjoint(train, heldOut);
    Set<String> texts = texts(train);
    texts.addAll(texts(heldOut));
    store.embed(texts, progress);
    return new TrainingTasks(
        train,
        heldOut,
        source(train, store, settings.sizes(), settings.seed()),
        source(heldOut, store, settings.sizes(), settings.seed() ^ HELD_OUT_SEED),
        train.categories().stream()
            .map(c -> c.texts().stream().map(text -> store.vector(text).values()).toList())
            .toList());
  }

  public TrainingTasks {
    classes = classes.stream().map(List::copyOf).toList();
  }

  /**
   * The same, with wrong labels on some rows of half the tasks to train on, where the corpus itself
   * has none; what decides when to stop stays as it is.
   *
   * @param share of the rows, examples and queries alike, 0 to below 1
   */
  public TrainingTasks withMistakes(double share, long seed) {
    return share == 0
        ? this
        : new TrainingTasks(
            train, heldOut, new MistakenTasks(training, share, seed), judging, classes);
  }

  /** Share of wrong labels, 0 where none were put there. */
  double mistakes() {
    return training instanceof MistakenTasks mistaken ? mistaken.share() : 0;
  }

  /** Length of every vector. */
  public int features() {
    return classes.get(0).get(0).length;
  }

  static String nameText(Category category) {
    return new Label(category.id(), category.name(), category.description()).text();
  }

  private static TaskSource source(
      Corpus corpus, EmbeddingStore store, TaskSizes sizes, long seed) {
    TaskSizes fitting = sizes.fitting(corpus);
    return new AlternatingTasks(
        new StreamTasks(corpus, store, fitting, seed), new EvenTasks(corpus, store, fitting, seed));
  }

  private static Set<String> texts(Corpus corpus) {
    Set<String> texts = new LinkedHashSet<>();
    for (Category category : corpus.categories()) {
      texts.add(nameText(category));
      texts.addAll(category.texts());
    }
    return texts;
  }
}

package dev.freshet.trainer.episode;

import dev.freshet.schemas.Label;
import dev.freshet.trainer.corpus.Category;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.LeakCheck;
import dev.freshet.trainer.corpus.LeakException;
import dev.freshet.trainer.corpus.UnusableCorpusException;
import dev.freshet.trainer.taskstream.NumberedSeed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Draws episodes. Labels need at least {@value #TEXTS_PER_LABEL_MIN} texts. With a number of ways,
 * so many labels are drawn and at most {@value #QUERIES_PER_LABEL} texts of each asked about; with
 * all ways, every label takes part and the rest of their texts is asked about, at most {@value
 * #QUERIES_MAX} in all.
 *
 * <p>An episode is a pure function of corpus, seed, ways, shots and number. Episodes of one number
 * and of the same labels are nested: those with more shots keep the examples of those with fewer.
 */
public final class EpisodeSampler {
  public static final int TEXTS_PER_LABEL_MIN = 20;
  public static final int QUERIES_PER_LABEL = 15;
  public static final int QUERIES_MAX = 5_000;

  private final Corpus corpus;
  private final long seed;

  /**
   * Checks that what is drawn from was not trained on.
   *
   * @param training what the releases to be judged, or their constants, were made from
   * @throws LeakException if a class or a text of it is in the corpus
   */
  public EpisodeSampler(Corpus corpus, List<Corpus> training, long seed) {
    training.forEach(trained -> LeakCheck.requireDisjoint(trained, corpus));
    this.corpus = corpus;
    this.seed = seed;
  }

  /**
   * Draws one.
   *
   * @param number from 0; gives each episode a generator of its own
   * @throws UnusableCorpusException if the corpus has too few labels with enough texts
   */
  public Episode draw(Ways ways, int shots, int number) {
    Random random = NumberedSeed.random(seed, number);
    List<Category> categories = categories(ways, shots, random);
    List<Label> labels = new ArrayList<>();
    List<List<String>> examples = new ArrayList<>();
    List<Episode.Query> queries = new ArrayList<>();
    for (int way = 0; way < categories.size(); way++) {
      Category category = categories.get(way);
      List<String> texts = new ArrayList<>(category.texts());
      Collections.shuffle(texts, random);
      labels.add(new Label(category.id(), category.name(), category.description()));
      examples.add(texts.subList(0, shots));
      int end =
          ways.count().isPresent()
              ? Math.min(texts.size(), shots + QUERIES_PER_LABEL)
              : texts.size();
      for (String text : texts.subList(shots, end)) {
        queries.add(new Episode.Query(text, way));
      }
    }
    return new Episode(number, labels, examples, limited(queries, random));
  }

  private List<Category> categories(Ways ways, int shots, Random random) {
    if (shots < 0) {
      throw new IllegalArgumentException("shots is " + shots + ", expected at least 0.");
    }
    boolean all = ways.count().isEmpty();
    int textsMin = Math.max(TEXTS_PER_LABEL_MIN, all ? shots : shots + 1);
    List<Category> usable = new ArrayList<>(corpus.categoriesWithTexts(textsMin));
    int needed = ways.count().orElse(2);
    if (usable.size() < needed) {
      throw new UnusableCorpusException(
          "Corpus '%s' has %d labels with at least %d texts, expected at least %d for %s ways and %d shots. Ask for fewer ways or fewer shots."
              .formatted(corpus.name(), usable.size(), textsMin, needed, ways, shots));
    }
    if (all) {
      return usable;
    }
    Collections.shuffle(usable, random);
    return usable.subList(0, needed);
  }

  private static List<Episode.Query> limited(List<Episode.Query> queries, Random random) {
    if (queries.size() <= QUERIES_MAX) {
      return queries;
    }
    Collections.shuffle(queries, random);
    return queries.subList(0, QUERIES_MAX);
  }
}

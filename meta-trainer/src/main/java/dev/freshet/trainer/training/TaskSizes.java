package dev.freshet.trainer.training;

import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.UnusableCorpusException;
import dev.freshet.trainer.episode.EpisodeSampler;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * How large tasks may be. Ways and shots are drawn evenly on a logarithmic scale: the second
 * example of a label changes more than the twelfth.
 *
 * @param waysMin at least 2
 * @param shotsMax examples of a label
 * @param examplesMax of a task: with many ways, shots are fewer
 * @param queriesMax of a task
 */
public record TaskSizes(int waysMin, int waysMax, int shotsMax, int examplesMax, int queriesMax) {
  /**
   * What is served: up to 20 shots, and 2 to 70 ways, because a temperature learned on up to 20 is
   * wrong at 70. As many examples as 20 ways of 20 shots.
   */
  public static final TaskSizes DEFAULT = new TaskSizes(2, 70, 20, 400, 70);

  /** Texts of a label that are no examples, to be asked about. */
  private static final int QUERY_TEXTS_MIN = 10;

  public TaskSizes {
    if (waysMin < 2 || waysMax < waysMin || waysMax > 1_024) {
      throw new IllegalArgumentException(
          "Ways go from %d to %d, expected within 2 to 1024.".formatted(waysMin, waysMax));
    }
    if (examplesMax < waysMax || examplesMax > 10_000) {
      throw new IllegalArgumentException(
          "Up to %d examples, expected %d, which is one for each way, to 10000."
              .formatted(examplesMax, waysMax));
    }
    if (shotsMax < 1 || shotsMax > 1_000 || queriesMax < 1 || queriesMax > 10_000) {
      throw new IllegalArgumentException(
          "Up to %d shots and %d queries, expected 1 to 1000 and 1 to 10000."
              .formatted(shotsMax, queriesMax));
    }
  }

  /**
   * The sizes, as far as a corpus has labels and texts for them.
   *
   * @throws UnusableCorpusException if it has not even the smallest
   */
  TaskSizes fitting(Corpus corpus) {
    List<Integer> texts =
        corpus.categoriesWithTexts(EpisodeSampler.TEXTS_PER_LABEL_MIN).stream()
            .map(category -> category.texts().size())
            .sorted(Comparator.reverseOrder())
            .toList();
    if (texts.size() < waysMin) {
      throw new UnusableCorpusException(
          "Corpus '%s' has %d labels with at least %d texts, expected at least %d to train on. Bring more labels, or ask for fewer ways."
              .formatted(corpus.name(), texts.size(), EpisodeSampler.TEXTS_PER_LABEL_MIN, waysMin));
    }
    int ways = Math.min(waysMax, texts.size());
    int shots = Math.min(shotsMax, texts.get(ways - 1) - QUERY_TEXTS_MIN);
    return new TaskSizes(waysMin, ways, shots, examplesMax, queriesMax);
  }

  int drawWays(Random random) {
    return logarithmic(random, waysMin, waysMax);
  }

  /** From 0. */
  int drawShots(Random random, int ways) {
    return logarithmic(random, 1, shotsMax(ways) + 1) - 1;
  }

  /** From 1. */
  int drawShotsAtEnd(Random random, int ways) {
    return logarithmic(random, Math.min(3, shotsMax(ways)), shotsMax(ways));
  }

  private int shotsMax(int ways) {
    return Math.min(shotsMax, examplesMax / ways);
  }

  private static int logarithmic(Random random, int min, int max) {
    double drawn = min * Math.pow((max + 1.0) / min, random.nextDouble());
    return Math.min(max, (int) drawn);
  }
}

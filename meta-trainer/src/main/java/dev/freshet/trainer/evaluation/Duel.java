package dev.freshet.trainer.evaluation;

import dev.freshet.adaptation.release.Release;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.embedding.Progress;
import dev.freshet.trainer.episode.EpisodeSampler;
import dev.freshet.trainer.episode.Ways;
import dev.freshet.trainer.taskstream.StreamSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * Two releases and nobody else, on the same tasks of one corpus: those of the demo's streams, and
 * episodes with as many examples of every label.
 */
public final class Duel {
  private static final int TRIALS_AT_ONCE = 512;
  private static final String LINEAGE = "duel";

  private final Corpus corpus;
  private final EmbeddingStore store;
  private final long seed;

  /**
   * Says on what.
   *
   * @param corpus none of it may have been trained on by either
   * @param store of the releases' encoder; stays open
   */
  public Duel(Corpus corpus, EmbeddingStore store, long seed) {
    this.corpus = corpus;
    this.store = store;
    this.seed = seed;
  }

  /**
   * By the demo's streams; the unit is a task.
   *
   * @param shotsMax examples of a label at the end of its task
   */
  public DuelScore streams(
      Release challenger, Release champion, int ways, int shotsMax, int tasks, Progress progress) {
    StreamSettings settings =
        StreamSettings.of(LINEAGE, seed).withSize(ways, shotsMax).withTasks(tasks);
    return judge(
        challenger, champion, StreamReplay.of(corpus, settings, store, progress), progress);
  }

  /**
   * By episodes; the unit is one of them.
   *
   * @param shots by turns
   */
  public DuelScore episodes(
      Release challenger,
      Release champion,
      int ways,
      List<Integer> shots,
      int episodes,
      Progress progress) {
    EpisodeSampler sampler = new EpisodeSampler(corpus, List.of(), seed);
    List<Trial> trials = new ArrayList<>();
    for (int number = 0; number < episodes; number++) {
      int ofThis = shots.get(number % shots.size());
      trials.add(EpisodeTrials.of(sampler.draw(Ways.of(ways), ofThis, number), store));
    }
    return judge(challenger, champion, trials, progress);
  }

  private static DuelScore judge(
      Release challenger, Release champion, List<Trial> trials, Progress progress) {
    DuelTally tally = new DuelTally();
    try (ReleaseContestant one = ReleaseContestant.adapted("challenger", challenger);
        ReleaseContestant other = ReleaseContestant.adapted("champion", champion)) {
      for (int from = 0; from < trials.size(); from += TRIALS_AT_ONCE) {
        List<Trial> batch = trials.subList(from, Math.min(trials.size(), from + TRIALS_AT_ONCE));
        tally.add(batch, one.answer(batch), other.answer(batch));
        progress.at("judging", from + batch.size(), trials.size());
      }
    }
    return tally.score();
  }
}

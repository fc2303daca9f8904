package dev.freshet.trainer.readers;

import java.util.List;

/** Users who ask at one moment, and the statistics they see. */
final class RankingBatch {
  /** A user: rows of the ratings before the moment, and of those from then on. */
  static final class Episode {
    private final int[] support;
    private final int[] targets;

    Episode(int[] support, int[] targets) {
      this.support = support;
      this.targets = targets;
    }

    int[] support() {
      return support;
    }

    int[] targets() {
      return targets;
    }
  }

  private final float[] statistics;
  private final List<Episode> episodes;

  RankingBatch(float[] statistics, List<Episode> episodes) {
    this.statistics = statistics;
    this.episodes = List.copyOf(episodes);
  }

  /** Of the background's items, as {@link CatalogueMoments} has them. */
  float[] statistics() {
    return statistics;
  }

  List<Episode> episodes() {
    return episodes;
  }
}

package dev.freshet.trainer.readers;

import java.util.List;

/** Users who ask at one moment, and the statistics they see. */
final class RankingBatch {
  /** A user: what their segment says, rows of the ratings before the moment and from then on. */
  static final class Episode {
    private final List<SegmentRows.Row> prior;
    private final int[] support;
    private final int[] targets;

    Episode(List<SegmentRows.Row> prior, int[] support, int[] targets) {
      this.prior = List.copyOf(prior);
      this.support = support;
      this.targets = targets;
    }

    List<SegmentRows.Row> prior() {
      return prior;
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

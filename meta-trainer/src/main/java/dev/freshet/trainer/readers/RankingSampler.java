package dev.freshet.trainer.readers;

import dev.freshet.trainer.catalogue.IndexedRatings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Draws moments as often as they have ratings, and of a moment's ratings any. */
final class RankingSampler {
  private static final int TASKS = 64;
  private static final int TARGETS_MAX = 40;

  private final IndexedRatings ratings;
  private final Background background;
  private final SegmentRows segments;
  private final List<CatalogueMoments.Moment> moments = new ArrayList<>();
  private final List<int[]> rows = new ArrayList<>();
  private final List<Integer> momentOfRow = new ArrayList<>();

  /**
   * Of some users' ratings.
   *
   * @param users by number
   */
  RankingSampler(
      IndexedRatings ratings,
      Background background,
      SegmentRows segments,
      CatalogueMoments all,
      IntPredicate users) {
    this.ratings = ratings;
    this.segments = segments;
    this.background = background;
    for (CatalogueMoments.Moment moment : all.all()) {
      int[] own =
          Arrays.stream(moment.rows())
              .filter(row -> users.test(ratings.user(row)) && isRanked(row))
              .toArray();
      for (int i = 0; i < own.length; i++) {
        momentOfRow.add(moments.size());
      }
      if (own.length > 0) {
        moments.add(moment);
        rows.add(own);
      }
    }
    if (moments.isEmpty()) {
      throw new IllegalArgumentException(
          "Too few ratings before the cut to learn an order of the catalogue from: %d. Cut later, or bring more."
              .formatted(ratings.rows()));
    }
  }

  private boolean isRanked(int row) {
    return background.position(ratings.item(row)) >= 0;
  }

  List<RankingBatch> draw(int count, Random random) {
    return IntStream.range(0, count).mapToObj(i -> next(random)).toList();
  }

  RankingBatch next(Random random) {
    int moment = momentOfRow.get(random.nextInt(momentOfRow.size()));
    int[] own = rows.get(moment);
    List<RankingBatch.Episode> episodes = new ArrayList<>();
    for (int task = 0; task < TASKS; task++) {
      episodes.add(episode(own[random.nextInt(own.length)], random));
    }
    return new RankingBatch(moments.get(moment).statistics(), episodes);
  }

  private RankingBatch.Episode episode(int row, Random random) {
    int[] all = ratings.rowsOf(ratings.user(row));
    int position = ratings.positionOf(row);
    int[] targets =
        Arrays.stream(all, position, all.length)
            .filter(this::isRanked)
            .limit(TARGETS_MAX)
            .toArray();
    return new RankingBatch.Episode(
        segments.draw(ratings.user(row), position, random), Arrays.copyOf(all, position), targets);
  }
}

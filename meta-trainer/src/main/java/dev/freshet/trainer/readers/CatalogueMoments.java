package dev.freshet.trainer.readers;

import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.items.ItemStatistics;
import dev.freshet.trainer.catalogue.IndexedRatings;
import dev.freshet.trainer.catalogue.LearnedCatalogue;
import dev.freshet.trainer.ratings.Rating;
import java.util.ArrayList;
import java.util.List;

/**
 * The statistics of the catalogue at the beginning of each day of the training, or of longer spans
 * where there are many days: what a ranking asked then would have seen.
 */
final class CatalogueMoments {
  private static final int MOMENTS_MAX = 150;
  private static final long DAY_SECONDS = 86_400;

  /** Too little has been seen before this share of the ratings to rank anything by. */
  private static final double WARM_UP = 0.2;

  /**
   * One of them.
   *
   * <p>statistics: three columns for each item of the background, as {@link ItemLayout} has them
   *
   * <p>rows: ratings from then to the next
   */
  static final class Moment {
    private final float[] statistics;
    private final int[] rows;

    Moment(float[] statistics, int[] rows) {
      this.statistics = statistics;
      this.rows = rows;
    }

    float[] statistics() {
      return statistics;
    }

    int[] rows() {
      return rows;
    }
  }

  private final List<Moment> moments = new ArrayList<>();

  CatalogueMoments(LearnedCatalogue catalogue, Background background) {
    IndexedRatings ratings = catalogue.ratings();
    ItemStatistics statistics = catalogue.statisticsAtStart();
    long first = ratings.ratings().get(0).seconds();
    long last = ratings.ratings().get(ratings.rows() - 1).seconds();
    long span = Math.max(DAY_SECONDS, (last - first) / MOMENTS_MAX + 1);
    int row = 0;
    while (row < ratings.rows()) {
      long begin = first + (ratings.ratings().get(row).seconds() - first) / span * span;
      boolean warm = row >= WARM_UP * ratings.rows();
      float[] columns = warm ? columns(statistics, catalogue, background, begin) : new float[0];
      List<Integer> rows = new ArrayList<>();
      while (row < ratings.rows() && ratings.ratings().get(row).seconds() < begin + span) {
        Rating rating = ratings.ratings().get(row);
        statistics.add(rating.item(), rating.value(), rating.seconds());
        rows.add(row++);
      }
      if (warm) {
        moments.add(new Moment(columns, rows.stream().mapToInt(Integer::intValue).toArray()));
      }
    }
  }

  List<Moment> all() {
    return moments;
  }

  private static float[] columns(
      ItemStatistics statistics, LearnedCatalogue catalogue, Background background, long seconds) {
    ItemLayout layout = catalogue.layout();
    int width = layout.features() - layout.factors();
    float[] columns = new float[background.size() * width];
    for (int j = 0; j < background.size(); j++) {
      float[] row = statistics.row(catalogue.ratings().items().get(background.item(j)), seconds);
      System.arraycopy(row, layout.factors(), columns, j * width, width);
    }
    return columns;
  }
}

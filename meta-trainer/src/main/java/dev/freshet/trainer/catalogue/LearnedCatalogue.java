package dev.freshet.trainer.catalogue;

import dev.freshet.adaptation.items.ItemEntry;
import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.items.ItemScale;
import dev.freshet.adaptation.items.ItemStatistics;
import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.trainer.ratings.ItemAttributes;
import dev.freshet.trainer.ratings.Rating;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The item side as learned from the ratings before the cut: for rating complete, for ranking still
 * without factors.
 *
 * <p>A training row's vector is what a learner would have seen: statistics as they were just before
 * it, factors in which its own user had no part.
 */
public final class LearnedCatalogue {
  private final IndexedRatings ratings;
  private final ItemLayout layout;
  private final ItemScale scale;
  private final double spread;
  private final ItemAttributes attributes;
  private final ContentPrior content;
  private final double[] priorBias;
  private final double[][] attributeBias;
  private final FactorModel factors;
  private final float[][] rows;

  private LearnedCatalogue(
      IndexedRatings ratings,
      ItemAttributes attributes,
      ItemLayout layout,
      ItemScale scale,
      long seed) {
    this.ratings = ratings;
    this.layout = layout;
    this.scale = scale;
    this.spread = spread(ratings, scale.mean());
    this.attributes = attributes;
    this.content = ContentPrior.of(ratings.items(), attributes);
    int items = ratings.items().size();
    double[][] deviations = new double[items][1];
    double[] counts = new double[items];
    for (int row = 0; row < ratings.rows(); row++) {
      deviations[ratings.item(row)][0] += ratings.value(row) - scale.mean();
      counts[ratings.item(row)]++;
    }
    double[] weights = new double[items];
    for (int i = 0; i < items; i++) {
      deviations[i][0] /= counts[i];
      weights[i] = counts[i] / (counts[i] + scale.shrinkage());
    }
    this.attributeBias = content.fit(deviations, weights);
    this.priorBias = new double[items];
    for (int i = 0; i < items; i++) {
      priorBias[i] = content.of(i, attributeBias, 1)[0];
    }
    this.rows = new float[ratings.rows()][];
    double[] residuals = replay();
    this.factors = FactorModel.learn(ratings, residuals, content, layout.ratingFactors(), seed);
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(factors.withoutUser()[row], 0, rows[row], 0, layout.ratingFactors());
    }
  }

  /**
   * Learns.
   *
   * @param before ratings before the cut, in the order of time
   * @param shrinkage ratings that an item's prior is worth
   * @param halfLifeSeconds of the decayed counts
   * @param cutSeconds when they are taken
   */
  public static LearnedCatalogue of(
      List<Rating> before,
      ItemAttributes attributes,
      ItemLayout layout,
      double shrinkage,
      double halfLifeSeconds,
      long cutSeconds,
      long seed) {
    DoubleSummaryStatistics values = before.stream().mapToDouble(Rating::value).summaryStatistics();
    ItemScale scale =
        new ItemScale(
            values.getAverage(),
            shrinkage,
            halfLifeSeconds,
            cutSeconds,
            values.getMin(),
            values.getMax());
    return new LearnedCatalogue(IndexedRatings.of(before), attributes, layout, scale, seed);
  }

  private static double spread(IndexedRatings ratings, double mean) {
    double squares = 0;
    for (int row = 0; row < ratings.rows(); row++) {
      double deviation = ratings.value(row) - mean;
      squares += deviation * deviation;
    }
    return Math.max(1e-3, Math.sqrt(squares / ratings.rows()));
  }

  /** Fills the rows' statistics, each as they were before it; gives the residuals. */
  private double[] replay() {
    ItemStatistics statistics = statisticsAtStart();
    double[] residuals = new double[rows.length];
    for (int row = 0; row < rows.length; row++) {
      Rating rating = ratings.ratings().get(row);
      rows[row] = statistics.row(rating.item(), rating.seconds());
      residuals[row] = (rating.value() - rows[row][layout.base()]) / spread;
      statistics.add(rating.item(), rating.value(), rating.seconds());
    }
    return residuals;
  }

  /** Before the first rating: priors, no count, no factors. */
  public ItemStatistics statisticsAtStart() {
    Map<String, ItemEntry> entries = new TreeMap<>();
    for (int i = 0; i < priorBias.length; i++) {
      entries.put(
          ratings.items().get(i),
          new ItemEntry(new float[layout.factors()], priorBias[i], 0, 0, 0));
    }
    long start = ratings.ratings().get(0).seconds();
    ItemScale atStart =
        new ItemScale(
            scale.mean(),
            scale.shrinkage(),
            scale.halfLifeSeconds(),
            start,
            scale.valueMin(),
            scale.valueMax());
    return new ItemStatistics(new ItemTable(layout, atStart, entries, Map.of(), Map.of()));
  }

  public IndexedRatings ratings() {
    return ratings;
  }

  public ItemLayout layout() {
    return layout;
  }

  /** Mean of all ratings. */
  public double mean() {
    return scale.mean();
  }

  /** Standard deviation of all ratings. */
  public double spread() {
    return spread;
  }

  /** Variance of a rating around what its user's tastes say, in units of the spread. */
  public double noise() {
    return factors.noise();
  }

  /** Precision of users' offsets, in units of the spread. */
  public double offsetPrecision() {
    return factors.offsetPrecision();
  }

  /** A training row's vector, without factors for ranking; referenced, not copied. */
  public float[] row(int row) {
    return rows[row];
  }

  /**
   * The table as it is at the cut.
   *
   * @param rankingFactors of each item, in the order of {@link IndexedRatings#items}
   */
  public ItemTable table(float[][] rankingFactors) {
    ItemStatistics statistics = statisticsAtStart();
    for (Rating rating : ratings.ratings()) {
      statistics.add(rating.item(), rating.value(), rating.seconds());
    }
    double[][] rankingOfItems = doubles(rankingFactors);
    double[] even = new double[rankingFactors.length];
    Arrays.fill(even, 1);
    double[][] rankingOfAttributes = content.fit(rankingOfItems, even);
    Map<String, ItemEntry> entries = new TreeMap<>();
    for (int i = 0; i < priorBias.length; i++) {
      String id = ratings.items().get(i);
      float[] all = join(FactorModel.floats(factors.items()[i]), rankingFactors[i]);
      entries.put(id, statistics.entry(id, all, priorBias[i], scale.asOfSeconds()));
    }
    Map<String, ItemEntry> byAttribute = new TreeMap<>();
    for (int a = 0; a < content.attributes().size(); a++) {
      float[] all =
          join(
              FactorModel.floats(factors.attributes()[a]),
              FactorModel.floats(rankingOfAttributes[a]));
      byAttribute.put(
          content.attributes().get(a), new ItemEntry(all, attributeBias[a][0], 0, 0, 0));
    }
    Map<String, List<String>> attributesOf = new TreeMap<>();
    entries.keySet().forEach(id -> attributesOf.put(id, attributes.of(id)));
    return new ItemTable(layout, scale, entries, attributesOf, byAttribute);
  }

  private static double[][] doubles(float[][] values) {
    List<double[]> result = new ArrayList<>();
    for (float[] row : values) {
      double[] copy = new double[row.length];
      for (int k = 0; k < row.length; k++) {
        copy[k] = row[k];
      }
      result.add(copy);
    }
    return result.toArray(new double[0][]);
  }

  private static float[] join(float[] a, float[] b) {
    float[] joined = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    return joined;
  }
}

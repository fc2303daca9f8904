package dev.freshet.trainer.recommendation;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * How good an order of the catalogue is, where an item is relevant or not.
 *
 * <pre>
 * nDCG@10    Σ over the relevant at position p ≤ 10 of 1 / log2(p + 1), as a share of what the best
 *            order would have (Järvelin, Kekäläinen, TOIS 2002)
 * HR@10      1 if one of the first ten is relevant, else 0
 * recall@20  share of the relevant that are among the first twenty
 * </pre>
 *
 * @param ndcg10 0 to 1
 * @param hr10 0 or 1
 * @param recall20 0 to 1
 */
record RankingMetrics(double ndcg10, double hr10, double recall20) {
  /** How much of an order is looked at. */
  static final int DEPTH = 20;

  private static final int SHORT_LIST = 10;

  /**
   * Judges.
   *
   * @param ranked the best items first, {@link #DEPTH} of them or the whole catalogue
   * @param relevant at least one
   */
  static RankingMetrics of(int[] ranked, Set<Integer> relevant) {
    return of(Arrays.stream(ranked).boxed().toList(), relevant);
  }

  /** The same of items called otherwise. */
  static <T> RankingMetrics of(List<T> ranked, Set<T> relevant) {
    if (relevant.isEmpty()) {
      throw new IllegalArgumentException("Nothing is relevant: no order is better than another.");
    }
    double gain = 0;
    double best = 0;
    int found = 0;
    for (int p = 0; p < Math.min(DEPTH, ranked.size()); p++) {
      boolean hit = relevant.contains(ranked.get(p));
      found += hit ? 1 : 0;
      gain += hit && p < SHORT_LIST ? discount(p) : 0;
    }
    for (int p = 0; p < Math.min(SHORT_LIST, relevant.size()); p++) {
      best += discount(p);
    }
    return new RankingMetrics(gain / best, gain > 0 ? 1 : 0, (double) found / relevant.size());
  }

  private static double discount(int position) {
    return Math.log(2) / Math.log(position + 2);
  }
}

package dev.freshet.trainer.recommendation;

import java.util.Arrays;

/** The best of a catalogue by their scores, exact; of equal ones the first in the catalogue. */
public final class TopItems {
  private TopItems() {}

  /**
   * Positions, the best first.
   *
   * @param excluded items that are out of question
   */
  public static int[] of(double[] scores, boolean[] excluded, int count) {
    int[] best = new int[Math.min(count, scores.length)];
    int size = 0;
    for (int item = 0; item < scores.length; item++) {
      boolean full = size == best.length;
      if (excluded[item] || (full && (size == 0 || scores[item] <= scores[best[size - 1]]))) {
        continue;
      }
      int at = full ? size - 1 : size++;
      while (at > 0 && scores[best[at - 1]] < scores[item]) {
        best[at] = best[at - 1];
        at--;
      }
      best[at] = item;
    }
    return Arrays.copyOf(best, size);
  }
}

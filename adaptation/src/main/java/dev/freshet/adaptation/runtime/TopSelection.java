package dev.freshet.adaptation.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The best K of scores that come by in the order of their positions: a heap with the worst on top.
 * Of equal scores the lower position is the better one.
 */
final class TopSelection {
  private final int k;
  private final IntPredicate excluded;
  private float[] scores = new float[16];
  private int[] positions = new int[16];
  private int size;
  private boolean undecided;

  /**
   * @param excluded asked only about what would be among the best so far
   */
  TopSelection(int k, IntPredicate excluded) {
    this.k = k;
    this.excluded = excluded;
  }

  /**
   * The next scores.
   *
   * @param from position of the first
   */
  void offer(float[] next, int count, int from) {
    float bar = size < k ? Float.NEGATIVE_INFINITY : scores[0];
    for (int i = 0; i < count; i++) {
      float score = next[i];
      // Also where it is NaN, or below all that is finite.
      if (!(score <= bar) || score < -Float.MAX_VALUE) {
        offer(score, from + i);
        bar = size < k ? Float.NEGATIVE_INFINITY : scores[0];
      }
    }
  }

  private void offer(float given, int position) {
    float score = given;
    if (!Float.isFinite(score)) {
      undecided = true;
      score = 0;
    }
    if ((size < k || score > scores[0]) && !excluded.test(position)) {
      if (size < k) {
        rise(score, position);
      } else {
        sink(score, position);
      }
    }
  }

  /** Whether a score was none, and 0 stood in for it. */
  boolean undecided() {
    return undecided;
  }

  /** Best first. */
  List<RankedItem> best() {
    List<RankedItem> best = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      best.add(new RankedItem(positions[i], scores[i]));
    }
    // As numbers: 0 and −0 are equal.
    Comparator<RankedItem> byScore =
        (a, b) -> a.score() > b.score() ? -1 : a.score() < b.score() ? 1 : 0;
    best.sort(byScore.thenComparingInt(RankedItem::position));
    return List.copyOf(best);
  }

  private void rise(float score, int position) {
    if (size == scores.length) {
      scores = Arrays.copyOf(scores, 2 * size);
      positions = Arrays.copyOf(positions, 2 * size);
    }
    int hole = size++;
    while (hole > 0 && isWorse(score, position, (hole - 1) / 2)) {
      move((hole - 1) / 2, hole);
      hole = (hole - 1) / 2;
    }
    put(hole, score, position);
  }

  private void sink(float score, int position) {
    int hole = 0;
    while (true) {
      int child = 2 * hole + 1;
      if (child + 1 < size && isWorse(scores[child + 1], positions[child + 1], child)) {
        child++;
      }
      if (child >= size || isWorse(score, position, child)) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    put(hole, score, position);
  }

  private boolean isWorse(float score, int position, int than) {
    return score < scores[than] || (score == scores[than] && position > positions[than]);
  }

  private void move(int from, int to) {
    put(to, scores[from], positions[from]);
  }

  private void put(int at, float score, int position) {
    scores[at] = score;
    positions[at] = position;
  }
}

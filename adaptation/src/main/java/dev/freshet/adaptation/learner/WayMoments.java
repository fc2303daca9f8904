package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;

/**
 * What the rows of each way sum up to, the vectors themselves left aside. All are [tasks, 1, ways].
 *
 * @param weight Σ r of the way's rows, clamped away from zero
 * @param share q = Σ r² / (Σ r)²: the part of one row's variance that the way's mean has
 * @param meanSquare s = Σ r |x|² / Σ r
 * @param present 1 where a way has rows, else 0
 */
record WayMoments(Node weight, Node share, Node meanSquare, Node present) {
  private static final float WEIGHT_MIN = 1e-6f;

  /** Σ (1 − q) is zero, or, as name weights go from 0.01 to 100, at least 0.0196. */
  private static final float FREEDOM_MIN = 0.01f;

  /**
   * All three sums in one product.
   *
   * @param y [tasks, support, ways]
   * @param rowWeights r, zero for padding, [tasks, support]
   * @param squares |x|², [tasks, support]
   */
  static WayMoments of(GraphBuilder g, Node y, Node rowWeights, Node squares) {
    Node row = g.unsqueeze(rowWeights, 1);
    Node powers = g.concat(1, row, g.mul(row, row), g.mul(row, g.unsqueeze(squares, 1)));
    Node sums = g.matMul(powers, y);
    Node sum = g.slice(sums, 1, 0, 1);
    Node weight = g.max(sum, g.constant(WEIGHT_MIN));
    Node share = g.div(g.slice(sums, 1, 1, 2), g.mul(weight, weight));
    Node meanSquare = g.div(g.slice(sums, 1, 2, 3), weight);
    return new WayMoments(weight, share, meanSquare, g.step(sum));
  }

  /**
   * v, pooled over the ways, [tasks, 1, 1].
   *
   * @param scatter s − |m|², zero where a way has no rows
   * @param ways 1 for a label, 0 for padding, [tasks, 1, ways]
   */
  Node variance(GraphBuilder g, Node scatter, Node ways) {
    Node scattered = g.fusedMatMul(scatter, false, ways, true, 1f);
    Node freedom = g.fusedMatMul(g.sub(present, share), false, ways, true, 1f);
    Node positive = g.max(scattered, g.constant(0f));
    return g.div(positive, g.max(freedom, g.constant(FREEDOM_MIN)));
  }
}

package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;

/**
 * The weighted mean of each way's rows: m_k = Σ_i r_i y_ik x_i / Σ_i r_i y_ik, zero where a way has
 * no rows. Sums over the support are products, so that padding cannot change their bits.
 *
 * @param means [tasks, ways, features]
 * @param norms length of each mean, [tasks, ways, 1]
 * @param present 1 where a way has rows, else 0, [tasks, ways, 1]
 */
record WayMeans(Node means, Node norms, Node present) {
  /** Keeps divisions by a sum of nothing at zero. */
  static final float TINY = 1e-6f;

  /**
   * Writes the means.
   *
   * @param rowWeights r, zero for padding, [tasks, support]
   */
  static WayMeans of(GraphBuilder g, SupportInputs support, Node rowWeights) {
    Node column = g.unsqueeze(rowWeights, 2);
    Node weighted = g.mul(support.y(), column);
    Node sums = g.fusedMatMul(weighted, true, support.x(), false, 1f);
    Node weights = g.fusedMatMul(support.y(), true, column, false, 1f);
    Node means = g.div(sums, g.max(weights, g.constant(TINY)));
    Node norms = g.sqrt(g.sumLastAxis(g.mul(means, means)));
    Node present = g.mul(g.step(weights), g.unsqueeze(support.wayMask(), 2));
    return new WayMeans(means, norms, present);
  }
}

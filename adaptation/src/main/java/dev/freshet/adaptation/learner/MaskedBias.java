package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;

/** What is added to each way's logit, for the ways that have no rows as well. */
final class MaskedBias {
  /** Below every logit, and finite. */
  private static final float MASKED = 1e38f;

  private MaskedBias() {}

  /**
   * The offset of a way with rows, the mean of these for a label without, far below for padding.
   *
   * @param offsets zero where a way has no rows, [tasks, 1, ways]
   * @param present 1 where a way has rows, [tasks, 1, ways]
   * @param ways 1 for a label, 0 for padding, [tasks, 1, ways]
   */
  static Node of(GraphBuilder g, Node offsets, Node present, Node ways) {
    Node sum = g.fusedMatMul(offsets, false, ways, true, 1f);
    Node count = g.fusedMatMul(present, false, ways, true, 1f);
    Node mean = g.div(sum, g.max(count, g.constant(1f)));
    Node missing = g.mul(g.sub(ways, present), mean);
    Node padding = g.mul(g.sub(ways, g.constant(1f)), g.constant(MASKED));
    return g.add(g.add(offsets, missing), padding);
  }
}

package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;

/**
 * What the nearest mean makes of the examples that {@link LeftOutHalf} leaves out, from what it
 * leaves. It is hard to mislead: an example that has another label's name moves a mean by its part
 * of it, and a line that regression draws by all of it.
 *
 * <pre>
 * z_ik = t (⟨x_i, m_k⟩ − (|m_k|² − v q_k) / 2)      as {@link PrototypeLearner}, a name being a row
 *                                                   like others
 * </pre>
 *
 * <p>t is set, not learned, for vectors of length one: these answers are compared with other
 * members', and with t = 22 more of what they said was mistaken on tables that are clean.
 */
final class LeftOutMeans {
  private static final float TEMPERATURE = 15f;

  private LeftOutMeans() {}

  /**
   * z of every row, far below for a way of which no rows are left, [tasks, support, ways].
   *
   * @param squares |x|² of each row, [tasks, support]
   */
  static Node of(GraphBuilder g, SupportInputs support, Node squares) {
    SupportInputs left = support.without(g, LeftOutHalf.of(g, support));
    SupportWeights weights = SupportWeights.of(g, left, squares, left.mask());
    Node products = g.fusedMatMul(support.x(), false, support.x(), true, 1f);
    Node toMeans = g.matMul(products, weights.share());
    Node norms = g.sum(g.mul(weights.share(), toMeans), -2);
    Node scores = g.add(toMeans, weights.offsets(g, norms));
    return g.add(g.mul(scores, g.constant(TEMPERATURE)), weights.penalty(g));
  }
}

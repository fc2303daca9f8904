package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;

/**
 * What examples left out say for one member of an ensemble and against another: how much more
 * likely their labels are by what the one says of them, as Bayes's factor has it, but by rows that
 * neither has seen (Geisser, Eddy: A Predictive Approach to Model Selection, JASA 1979).
 *
 * <pre>
 * e = Σ_i ℓ(P(y_i | x_i, one)) − ℓ(P(y_i | x_i, other))     ℓ(p) = (p^ε − 1) / ε, ε = 0.1
 * </pre>
 *
 * <p>over the examples i left out whose label has another example: how well a name alone answers
 * them says little of how well examples will. ℓ is nearly the logarithm (Box, Cox 1964), whose bits
 * would depend on how many tasks share a call, and bounds what one row can say by 1 / ε.
 */
final class Evidence {
  private static final float POWER = 0.1f;

  private Evidence() {}

  /**
   * e, [tasks, 1, 1].
   *
   * @param one logits, far below for a way that it knows nothing of, [tasks, support, ways]
   * @param other the same of the other
   */
  static Node of(GraphBuilder g, SupportInputs support, Node one, Node other) {
    Node better = g.sub(likely(g, support, one), likely(g, support, other));
    Node counted = g.mul(better, LeftOutHalf.withOtherExamples(g, support));
    return g.mul(g.sum(counted, -2), g.constant(1 / POWER));
  }

  /** How many examples count, [tasks, 1, 1]. */
  static Node examples(GraphBuilder g, SupportInputs support) {
    return g.sum(LeftOutHalf.withOtherExamples(g, support), -2);
  }

  /** p^ε, [tasks, support, 1]. */
  private static Node likely(GraphBuilder g, SupportInputs support, Node logits) {
    Node own = g.sum(g.mul(g.softmax(logits), support.y()), -1);
    return g.pow(g.max(own, g.constant(Pool.LEAST)), g.constant(POWER));
  }
}

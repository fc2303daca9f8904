package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;

/**
 * The half of a task's examples that is left out to see how well it is answered: of every label, in
 * the order of the log, the first, the third, the fifth and so on. Names stay. Of a label with one
 * example what is left is its name.
 */
final class LeftOutHalf {
  private LeftOutHalf() {}

  /** 1 for its rows, [tasks, support]. */
  static Node of(GraphBuilder g, SupportInputs support) {
    Node example = g.sub(support.mask(), support.name());
    Node ofWays = g.mul(support.y(), g.unsqueeze(example, 2));
    Node count = g.sum(g.mul(support.y(), g.cumulativeSum(ofWays, -2)), -1);
    // To the power of a whole number it is 1 or -1, exactly.
    Node sign = g.pow(g.constant(-1f), g.squeeze(count, 2));
    return g.mul(example, g.mul(g.sub(g.constant(1f), sign), g.constant(0.5f)));
  }
}

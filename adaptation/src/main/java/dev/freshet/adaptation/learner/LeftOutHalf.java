package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;

/**
 * The half of a task's examples that is left out to see how well it is answered: of every label, in
 * the order of the log, the first, the third, the fifth and so on. Names stay. Of a label with one
 * example what is left is its name; without a name nothing is, and the label is no rival to others.
 * Left out from the second on, single examples would stay, and tasks of one example a label would
 * not be asked at all.
 *
 * <p>Where the oldest example of a label goes, its halves change places: in small tasks of labels
 * that overlap, what one half says is some way from what the other would.
 */
final class LeftOutHalf {
  /** Between one row and two. */
  private static final float ONE_ROW = 1.5f;

  private LeftOutHalf() {}

  /** 1 for its rows, [tasks, support]. */
  static Node of(GraphBuilder g, SupportInputs support) {
    Node example = g.sub(support.mask(), support.name());
    Node ofWays = g.mul(support.y(), g.unsqueeze(example, 2));
    Node count = g.sum(g.mul(support.y(), g.cumulativeSum(ofWays, -2)), -1);
    // To the power of a whole number it is 1 or -1, exactly; a slope it has none.
    Node sign = g.detach(g.pow(g.constant(-1f), g.squeeze(count, 2)));
    return g.mul(example, g.mul(g.sub(g.constant(1f), sign), g.constant(0.5f)));
  }

  /** 1 for those of its rows whose label has another row, [tasks, support, 1]. */
  static Node withOtherRows(GraphBuilder g, SupportInputs support) {
    return withOthers(g, support, support.mask());
  }

  /** 1 for those of its rows whose label has another example, [tasks, support, 1]. */
  static Node withOtherExamples(GraphBuilder g, SupportInputs support) {
    return withOthers(g, support, g.sub(support.mask(), support.name()));
  }

  private static Node withOthers(GraphBuilder g, SupportInputs support, Node among) {
    Node ofWay = g.matMul(g.unsqueeze(among, 1), support.y());
    Node ofRow = g.sum(g.mul(support.y(), ofWay), -1);
    return g.mul(g.unsqueeze(of(g, support), 2), g.step(g.sub(ofRow, g.constant(ONE_ROW))));
  }
}

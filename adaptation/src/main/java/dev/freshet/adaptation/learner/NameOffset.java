package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;

/**
 * How names differ from examples on the whole, over the labels that have both: names are moved by
 * it. All in terms of the products of rows, so that no vector is touched.
 *
 * @param difference d with δ = Σ_i d_i x_i, [tasks, support, 1]
 * @param name 1 for a name's row, [tasks, support, 1]
 */
record NameOffset(Node difference, Node name) {
  /**
   * Sums the difference up.
   *
   * @param prior ρ: labels' worth of belief that there is none
   */
  static NameOffset of(GraphBuilder g, SupportInputs support, Node prior) {
    Node nameRow = g.unsqueeze(support.name(), 1);
    Node exampleRow = g.unsqueeze(g.sub(support.mask(), support.name()), 1);
    Node counts = g.matMul(g.concat(1, nameRow, exampleRow), support.y());
    Node names = g.slice(counts, 1, 0, 1);
    Node examples = g.slice(counts, 1, 1, 2);
    Node both = g.mul(g.step(names), g.step(examples));
    Node labels = g.fusedMatMul(both, false, both, true, 1f);

    Node ofNames = perRow(g, support, g.div(both, g.max(names, g.constant(1f))));
    Node ofExamples = perRow(g, support, g.div(both, g.max(examples, g.constant(1f))));
    Node name = g.unsqueeze(support.name(), 2);
    Node example = g.unsqueeze(g.sub(support.mask(), support.name()), 2);
    Node sum = g.sub(g.mul(example, ofExamples), g.mul(name, ofNames));
    return new NameOffset(g.div(sum, g.add(labels, prior)), name);
  }

  private static Node perRow(GraphBuilder g, SupportInputs support, Node perWay) {
    return g.sum(g.mul(support.y(), perWay), -1);
  }

  /**
   * Products of the moved rows.
   *
   * @param products [tasks, support, support]
   * @param squares [tasks, support]
   */
  record Moved(Node products, Node squares) {}

  /** Moves the names. */
  Moved move(GraphBuilder g, Node products, Node squares) {
    Node toOffset = g.sum(g.mul(products, row(g, difference)), -1);
    Node length = g.sum(g.mul(difference, toOffset), -2);
    Node half = g.add(toOffset, g.mul(name, g.mul(length, g.constant(0.5f))));
    Node added = g.add(g.mul(name, row(g, half)), g.mul(half, row(g, name)));
    Node twice = g.mul(g.mul(name, half), g.constant(2f));
    return new Moved(g.add(products, added), g.add(squares, g.squeeze(twice, 2)));
  }

  /** A combination of moved rows as one of the rows themselves, [tasks, support, ways]. */
  Node ofRows(GraphBuilder g, Node combination) {
    Node ofOffset = g.matMul(row(g, name), combination);
    return g.add(combination, g.mul(difference, ofOffset));
  }

  /** [tasks, support, 1] as [tasks, 1, support]. */
  private static Node row(GraphBuilder g, Node column) {
    return g.unsqueeze(g.squeeze(column, 2), 1);
  }
}

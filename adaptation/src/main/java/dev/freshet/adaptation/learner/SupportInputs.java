package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import java.util.Map;

/**
 * The support of a batch of classification tasks, as inputs of an adapt graph.
 *
 * @param x [tasks, support, features]
 * @param y [tasks, support, ways]
 * @param mask [tasks, support]
 * @param name [tasks, support]
 * @param wayMask [tasks, ways]
 */
record SupportInputs(Node x, Node y, Node mask, Node name, Node wayMask) {
  static SupportInputs declare(GraphBuilder g, int features) {
    return new SupportInputs(
        g.input(GraphContract.SUPPORT_X, Dim.TASKS, Dim.SUPPORT, Dim.of(features)),
        g.input(GraphContract.SUPPORT_Y, Dim.TASKS, Dim.SUPPORT, Dim.WAYS),
        g.input(GraphContract.SUPPORT_MASK, Dim.TASKS, Dim.SUPPORT),
        g.input(GraphContract.SUPPORT_NAME, Dim.TASKS, Dim.SUPPORT),
        g.input(GraphContract.WAY_MASK, Dim.TASKS, Dim.WAYS));
  }

  /**
   * The same without some of the rows, which become padding.
   *
   * @param out 1 for these, [tasks, support]
   */
  SupportInputs without(GraphBuilder g, Node out) {
    Node kept = g.sub(g.constant(1f), out);
    return new SupportInputs(
        x, g.mul(y, g.unsqueeze(kept, 2)), g.mul(mask, kept), g.mul(name, kept), wayMask);
  }

  /** The nodes by their inputs' names. */
  Map<String, Node> byName() {
    return Map.of(
        GraphContract.SUPPORT_X, x,
        GraphContract.SUPPORT_Y, y,
        GraphContract.SUPPORT_MASK, mask,
        GraphContract.SUPPORT_NAME, name,
        GraphContract.WAY_MASK, wayMask);
  }
}

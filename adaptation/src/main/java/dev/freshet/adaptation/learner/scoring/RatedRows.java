package dev.freshet.adaptation.learner.scoring;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.SortedMap;

/**
 * The support of a batch of users, as inputs of an adapt graph.
 *
 * @param x item rows, [tasks, support, features]
 * @param mask 1 for a real row, 0 for padding, [tasks, support, 1]
 * @param residual (y − base) / spread, 0 for padding, [tasks, support, 1]
 * @param rows the columns of x in a learner's units
 */
record RatedRows(Node x, Node mask, Node residual, ItemUnits rows) {
  static RatedRows declare(GraphBuilder g, ItemLayout layout) {
    Node x = g.input(GraphContract.SUPPORT_X, Dim.TASKS, Dim.SUPPORT, Dim.of(layout.features()));
    Node y = g.input(GraphContract.SUPPORT_Y, Dim.TASKS, Dim.SUPPORT, Dim.ONE);
    Node mask = g.unsqueeze(g.input(GraphContract.SUPPORT_MASK, Dim.TASKS, Dim.SUPPORT), 2);
    ItemUnits units = ItemUnits.of(g, layout, x);
    Node residual = g.mul(mask, g.div(g.sub(y, units.base()), units.spread()));
    return new RatedRows(x, mask, residual, units);
  }

  /** Number of examples, [tasks, 1, 1]. */
  Node count(GraphBuilder g) {
    return g.fusedMatMul(mask, true, mask, false, 1f);
  }

  /** Σ over the examples of each column of some rows, [tasks, 1, columns]. */
  Node total(GraphBuilder g, Node columns) {
    return g.fusedMatMul(mask, true, columns, false, 1f);
  }

  /** Tensors that {@link ItemUnits} needs. */
  static void initialize(SortedMap<String, Tensor> tensors, double centre, double spread) {
    tensors.put(ItemUnits.CENTRE, Tensor.vector((float) centre));
    tensors.put(ItemUnits.SPREAD, Tensor.vector((float) spread));
  }
}

package dev.freshet.adaptation.learner.scoring;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.learner.Setting;

/**
 * The columns of item rows, in units that a network can take, whatever the scale of the ratings.
 *
 * @param taste 1 and the factors for rating, [tasks, rows, 1 + r]
 * @param base the number that an unknown user would give, as it is, [tasks, rows, 1]
 * @param logCount log(1 + ratings of the item), [tasks, rows, 1]
 * @param seen factors, base and count, all of order 1, [tasks, rows, r + 2]
 * @param spread of the ratings, [1]
 */
record ItemUnits(Node taste, Node base, Node logCount, Node seen, Node spread) {
  static final String CENTRE = "centre";
  static final String SPREAD = "spread";

  static final Setting CENTRE_SETTING = new Setting(CENTRE, -1e6, 1e6, 3.5, "Mean of the ratings.");
  static final Setting SPREAD_SETTING =
      new Setting(SPREAD, 1e-3, 1e6, 1, "Standard deviation of the ratings.");

  private static final float LOG_COUNT_CENTRE = 3f;
  private static final float LOG_COUNT_SPREAD = 1.5f;

  static ItemUnits of(GraphBuilder g, ItemLayout layout, Node x) {
    Node centre = g.input(CENTRE, Dim.ONE);
    Node spread = g.input(SPREAD, Dim.ONE);
    Node factors = g.slice(x, 2, 0, layout.ratingFactors());
    Node base = g.slice(x, 2, layout.base(), layout.base() + 1);
    Node logCount = g.slice(x, 2, layout.count(), layout.count() + 1);
    // Rows are finite, so that this is 1 for each of them.
    Node one = g.add(g.mul(base, g.constant(0f)), g.constant(1f));
    Node count = g.div(g.sub(logCount, g.constant(LOG_COUNT_CENTRE)), g.constant(LOG_COUNT_SPREAD));
    Node height = g.div(g.sub(base, centre), spread);
    return new ItemUnits(
        g.concat(2, one, factors), base, logCount, g.concat(2, factors, height, count), spread);
  }

  /** Columns of {@link #seen}. */
  static int seenColumns(ItemLayout layout) {
    return layout.ratingFactors() + 2;
  }
}

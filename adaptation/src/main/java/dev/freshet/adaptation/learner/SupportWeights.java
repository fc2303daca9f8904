package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;

/**
 * What each support row counts for, label names included, however uneven the labels' counts.
 *
 * @param row r, zero for padding, [tasks, support]
 * @param share P: the part of a row in its way's mean, so that m = Pᵀ h, [tasks, support, ways]
 * @param loss u: the weight of a row's loss: 1 in all, the same for every way with rows, and r
 *     within the way, [tasks, support, 1]
 * @param moments sums of the ways
 * @param ways 1 for a label, [tasks, 1, ways]
 */
record SupportWeights(Node row, Node share, Node loss, WayMoments moments, Node ways) {
  static final Setting NAME_WEIGHT =
      new Setting(
          "nameWeight", 0.01, 100, 1.5, "Weight of a label's name, where an example weighs 1.");

  static final String NAME_WEIGHT_TENSOR = "name_weight";

  /**
   * Writes the weights.
   *
   * @param squares |h|² of each row, [tasks, support]
   */
  static SupportWeights of(GraphBuilder g, SupportInputs support, Node squares) {
    Node nameWeight = g.input(NAME_WEIGHT_TENSOR, Dim.ONE);
    Node extra = g.mul(support.name(), g.sub(nameWeight, g.constant(1f)));
    return of(g, support, squares, g.add(support.mask(), extra));
  }

  /**
   * The same with weights of rows that are not learned.
   *
   * @param row r, zero for padding, [tasks, support]
   */
  static SupportWeights of(GraphBuilder g, SupportInputs support, Node squares, Node row) {
    WayMoments moments = WayMoments.of(g, support.y(), row, squares);
    Node ways = g.unsqueeze(support.wayMask(), 1);

    Node share = g.div(g.mul(support.y(), g.unsqueeze(row, 2)), moments.weight());
    Node present = g.fusedMatMul(moments.present(), false, ways, true, 1f);
    Node loss = g.div(g.sum(share, -1), g.max(present, g.constant(1f)));
    return new SupportWeights(row, share, loss, moments, ways);
  }

  /** 0 for a way with rows, else far below every logit: the inner loop knows no other ways. */
  Node penalty(GraphBuilder g) {
    return g.mul(g.sub(moments.present(), g.constant(1f)), g.constant(1e38f));
  }

  /** What makes a row's logits better: u (softmax(z) − y), the cotangent of z. */
  Node errors(GraphBuilder g, Node logits, Node y) {
    return g.mul(loss, residuals(g, logits, y));
  }

  /** softmax(z) − y over the ways with rows, [tasks, support, ways]. */
  Node residuals(GraphBuilder g, Node logits, Node y) {
    return g.sub(g.mul(g.softmax(logits), moments.present()), y);
  }

  /**
   * (v q − |m|²) / 2: the rest of a squared Euclidean distance to the way's mean, of which the
   * variance is subtracted ({@link PrototypeLearner} says why), [tasks, 1, ways].
   *
   * @param norms |m|², [tasks, 1, ways]
   */
  Node offsets(GraphBuilder g, Node norms) {
    Node added = g.mul(variance(g, norms), moments.share());
    return g.mul(g.constant(0.5f), g.sub(added, norms));
  }

  /**
   * v, [tasks, 1, 1].
   *
   * @param norms |m|², [tasks, 1, ways]
   */
  Node variance(GraphBuilder g, Node norms) {
    return moments.variance(g, g.sub(moments.meanSquare(), norms), ways);
  }

  /** The task parameter that goes with the offsets of ways with rows. */
  Node bias(GraphBuilder g, Node offsets) {
    Node own = g.mul(offsets, moments.present());
    return MaskedBias.of(g, own, moments.present(), ways);
  }
}

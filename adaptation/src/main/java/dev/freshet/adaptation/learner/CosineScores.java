package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;

/**
 * The predict graph of learners whose task parameters are one vector per way: softmax over the ways
 * of (x / |x|) · p_k. Temperature is folded into the p_k.
 */
final class CosineScores {
  static final String PROTOTYPES = "prototypes";

  /** Far below every logit, and finite. */
  private static final float MASKED = 1e9f;

  private CosineScores() {}

  static Graph graph(int features, Head head) {
    GraphBuilder g = new GraphBuilder("predict");
    Node prototypes = g.input(PROTOTYPES, Dim.TASKS, Dim.WAYS, Dim.of(features));
    Node queries = g.input(GraphContract.QUERY_X, Dim.TASKS, Dim.QUERIES, Dim.of(features));
    Node mask = g.unsqueeze(g.input(GraphContract.WAY_MASK, Dim.TASKS, Dim.WAYS), 1);

    Node products = g.fusedMatMul(queries, false, prototypes, true, 1f);
    Node lengths = g.sqrt(g.sumLastAxis(g.mul(queries, queries)));
    Node logits = g.div(products, g.max(lengths, g.constant(WayMeans.TINY)));
    Node penalty = g.mul(g.sub(mask, g.constant(1f)), g.constant(MASKED));
    Node probabilities = g.mul(g.softmax(g.add(logits, penalty)), mask);
    return g.output(GraphContract.scores(head.name()), probabilities).build();
  }
}

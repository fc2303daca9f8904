package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;

/**
 * The predict graph of learners whose task parameters are one vector and one number per way:
 * softmax over the ways of x · p_k + b_k. A squared Euclidean distance is of this form, less |x|²,
 * which no label's probability depends on. Padded ways have a b far below every logit.
 */
final class EuclideanScores {
  static final String PROTOTYPES = "prototypes";
  static final String BIAS = "bias";

  private EuclideanScores() {}

  static Graph graph(int features, Head head) {
    GraphBuilder g = new GraphBuilder("predict");
    Node prototypes = g.input(PROTOTYPES, Dim.TASKS, Dim.WAYS, Dim.of(features));
    Node bias = g.input(BIAS, Dim.TASKS, Dim.ONE, Dim.WAYS);
    Node queries = g.input(GraphContract.QUERY_X, Dim.TASKS, Dim.QUERIES, Dim.of(features));
    Node mask = g.unsqueeze(g.input(GraphContract.WAY_MASK, Dim.TASKS, Dim.WAYS), 1);

    Node logits = g.add(g.fusedMatMul(queries, false, prototypes, true, 1f), bias);
    // ONNX Runtime's softmax has no exact zero; the mask makes it one.
    Node probabilities = g.mul(g.softmax(logits), mask);
    return g.output(GraphContract.scores(head.name()), probabilities).build();
  }
}

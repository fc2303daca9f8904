package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;

/** h · w_k + b_k, where w and b are task parameters; with a softmax where it tells labels. */
final class LinearScores {
  static final String HEAD = "head";
  static final String BIAS = "head_bias";

  private LinearScores() {}

  /** The same for a number: declares the parameters, and finishes the graph. */
  static Graph numberGraph(GraphBuilder g, Node h, Head head) {
    Node weights = g.input(HEAD, Dim.TASKS, Dim.ONE, h.shape().dim(-1));
    Node bias = g.input(BIAS, Dim.TASKS, Dim.ONE, Dim.ONE);
    Node score = g.add(g.fusedMatMul(h, false, weights, true, 1f), bias);
    return g.output(GraphContract.scores(head.name()), score).build();
  }

  /** Of the queries' vectors as they are. */
  static Graph graph(int features, Head head) {
    GraphBuilder g = new GraphBuilder("predict");
    Node x = g.input(GraphContract.QUERY_X, Dim.TASKS, Dim.QUERIES, Dim.of(features));
    return graph(g, x, head);
  }

  /** Declares the parameters, and finishes the graph. */
  static Graph graph(GraphBuilder g, Node h, Head head) {
    Node weights = g.input(HEAD, Dim.TASKS, Dim.WAYS, h.shape().dim(-1));
    Node bias = g.input(BIAS, Dim.TASKS, Dim.ONE, Dim.WAYS);
    Node mask = g.unsqueeze(g.input(GraphContract.WAY_MASK, Dim.TASKS, Dim.WAYS), 1);
    Node logits = g.add(g.fusedMatMul(h, false, weights, true, 1f), bias);
    // ONNX Runtime's softmax has no exact zero; the mask makes it one.
    Node probabilities = g.mul(g.softmax(logits), mask);
    return g.output(GraphContract.scores(head.name()), probabilities).build();
  }
}

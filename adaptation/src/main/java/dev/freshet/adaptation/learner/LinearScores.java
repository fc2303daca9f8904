package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;

/** Softmax over the ways of h · w_k + b_k, where w and b are task parameters. */
final class LinearScores {
  static final String HEAD = "head";
  static final String BIAS = "head_bias";

  private LinearScores() {}

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

package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import org.jspecify.annotations.Nullable;

/**
 * A first layer whose input is constant over the steps: x W + b − (α_W x xᵀ + α_b) Σ δ. Nothing of
 * the size of W is ever made per task.
 */
final class DualFirstLayer {
  static final String ANCHORS = "anchors";
  static final String DELTAS = "deltas";

  private final GraphBuilder g;
  private final Body.Layers shared;
  private final Rates rates;
  private final Node start;
  private final Node kernel;
  private final Node x;
  private @Nullable Node deltas;

  DualFirstLayer(GraphBuilder g, Body.Layers shared, Rates rates, Node x) {
    this.g = g;
    this.shared = shared;
    this.rates = rates;
    this.x = x;
    this.start = Body.first(g, shared, x);
    this.kernel = kernel(g, rates, x, x);
  }

  private static Node kernel(GraphBuilder g, Rates rates, Node left, Node right) {
    Node products = g.fusedMatMul(left, false, right, true, 1f);
    return g.add(g.mul(products, rates.of(Body.weight(0))), rates.of(Body.bias(0)));
  }

  /** What the layer gives before its activation. */
  Node value() {
    return deltas == null ? start : g.sub(start, g.matMul(kernel, deltas));
  }

  /** A step down along a cotangent of {@link #value()}. */
  void step(Node delta) {
    deltas = deltas == null ? delta : g.add(deltas, delta);
  }

  /** Task parameters of the support's size. */
  void lowRankOutputs() {
    g.output(ANCHORS, x).output(DELTAS, steps());
  }

  /** Task parameters of the layer's size, made once, after the last step. */
  void denseOutputs() {
    Node weight = g.fusedMatMul(x, true, steps(), false, 1f);
    Node bias = g.sum(steps(), -2);
    denseOutput(Body.weight(0), shared.weights().get(0), weight);
    denseOutput(Body.bias(0), shared.biases().get(0), bias);
  }

  private void denseOutput(String name, Node before, Node gradients) {
    g.output(InnerLoop.adapted(name), g.sub(before, rates.times(name, gradients)));
  }

  private Node steps() {
    if (deltas == null) {
      throw new IllegalStateException("No step was taken, expected one at least.");
    }
    return deltas;
  }

  static Node predict(GraphBuilder g, Body body, Rates rates, Node x) {
    Dim width = Dim.of(body.widths().get(0));
    Dim features = Dim.of(body.features());
    Node weights = g.input(Body.weight(0), features, width);
    Node bias = g.input(Body.bias(0), Dim.ONE, width);
    Node anchors = g.input(ANCHORS, Dim.TASKS, Dim.SUPPORT, features);
    Node deltas = g.input(DELTAS, Dim.TASKS, Dim.SUPPORT, width);
    Node kernel = kernel(g, rates, x, anchors);
    return g.sub(g.add(g.matMul(x, weights), bias), g.matMul(kernel, deltas));
  }
}

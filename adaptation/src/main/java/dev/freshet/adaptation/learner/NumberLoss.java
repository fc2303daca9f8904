package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;

/**
 * The mean squared error of numbers, Σ_i (f(x_i) − y_i)² / n; the head begins as the initialisation
 * says, as in the paper of MAML. A task without examples keeps what it began as.
 */
final class NumberLoss implements SupportLoss {
  static final Head SCORE = Head.scoring("score");

  /** Not the head's own names: those are the task's. */
  private static final String HEAD_START = "start_head";

  private static final String BIAS_START = "start_head_bias";

  private final Node x;
  private final Node y;
  private final Node mask;
  private final int width;

  NumberLoss(GraphBuilder g, Body body) {
    this.width = body.width();
    this.x = g.input(GraphContract.SUPPORT_X, Dim.TASKS, Dim.SUPPORT, Dim.of(body.features()));
    this.y = g.input(GraphContract.SUPPORT_Y, Dim.TASKS, Dim.SUPPORT, Dim.ONE);
    this.mask = g.input(GraphContract.SUPPORT_MASK, Dim.TASKS, Dim.SUPPORT);
  }

  static void initialize(SortedMap<String, Tensor> tensors, Body body) {
    // Another seed than the body's, whose first numbers these would repeat.
    Random random = new Random(body.seed() ^ 0x5EED);
    float[] values = new float[body.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() / Math.sqrt(values.length));
    }
    tensors.put(HEAD_START, Tensor.of(Shape.of(1, values.length), values));
    tensors.put(BIAS_START, Tensor.full(Shape.of(1, 1), 0f));
  }

  @Override
  public Node x() {
    return x;
  }

  @Override
  public Node mask() {
    return mask;
  }

  @Override
  public Map<String, Node> startHead(GraphBuilder g, Node h) {
    Node each = g.unsqueeze(g.sum(mask, -1), 2);
    Node head = g.input(HEAD_START, Dim.ONE, Dim.of(width));
    Node bias = g.input(BIAS_START, Dim.ONE, Dim.ONE);
    Map<String, Node> start = new LinkedHashMap<>();
    start.put(LinearScores.HEAD, g.expandLike(head, g.add(each, head)));
    start.put(LinearScores.BIAS, g.expandLike(bias, g.add(each, bias)));
    return start;
  }

  @Override
  public Node errors(GraphBuilder g, Node given) {
    Node column = g.unsqueeze(mask, 2);
    Node count = g.max(g.fusedMatMul(column, true, column, false, 1f), g.constant(1f));
    Node share = g.div(g.mul(column, g.constant(2f)), count);
    return g.mul(share, g.sub(given, y));
  }

  @Override
  public void outputHead(GraphBuilder g, Node head, Node bias) {
    g.output(LinearScores.HEAD, head).output(LinearScores.BIAS, bias);
  }

  @Override
  public Map<String, String> learnedHead() {
    return Map.of(LinearScores.HEAD, HEAD_START, LinearScores.BIAS, BIAS_START);
  }
}

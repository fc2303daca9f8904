package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cross-entropy over labels, each with the same part in it; the head begins as prototypes. */
final class LabelLoss implements SupportLoss {
  static final String LOG_HEAD_SCALE = "log_head_scale";

  private final SupportInputs support;
  private @Nullable SupportWeights weights;
  private @Nullable Node penalty;

  LabelLoss(GraphBuilder g, int features) {
    this.support = SupportInputs.declare(g, features);
  }

  @Override
  public Node x() {
    return support.x();
  }

  @Override
  public Node mask() {
    return support.mask();
  }

  @Override
  public Map<String, Node> startHead(GraphBuilder g, Node h) {
    SupportWeights own = SupportWeights.of(g, support, g.squeeze(g.sum(g.mul(h, h), -1), 2));
    weights = own;
    penalty = own.penalty(g);
    Node scale = g.exp(g.input(LOG_HEAD_SCALE, Dim.ONE));
    Node means = g.fusedMatMul(own.share(), true, h, false, 1f);
    Node norms = g.unsqueeze(g.squeeze(g.sum(g.mul(means, means), -1), 2), 1);
    Map<String, Node> head = new LinkedHashMap<>();
    head.put(LinearScores.HEAD, g.mul(means, scale));
    head.put(LinearScores.BIAS, g.mul(own.offsets(g, norms), scale));
    return head;
  }

  @Override
  public Node errors(GraphBuilder g, Node given) {
    return begun(weights).errors(g, g.add(given, begun(penalty)), support.y());
  }

  @Override
  public void outputHead(GraphBuilder g, Node head, Node bias) {
    Node scale = TaskScale.of(g, support);
    g.output(LinearScores.HEAD, g.mul(head, scale));
    g.output(LinearScores.BIAS, begun(weights).bias(g, g.mul(bias, scale)));
  }

  @Override
  public Map<String, String> learnedHead() {
    return Map.of();
  }

  private static <T> T begun(@Nullable T of) {
    if (of == null) {
      throw new IllegalStateException("The head was not begun, expected startHead first.");
    }
    return of;
  }
}

package dev.freshet.adaptation.autodiff;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reverse mode from graph to graph.
 *
 * <p>An output with several elements stands for their sum. With one loss per task, the gradient by
 * something that each task has for itself is hence each task's own; by something they share it is
 * the sum over the tasks. Derivatives are partial: what they are by is taken as independent of one
 * another, even where one is computed from another.
 */
public final class Gradients {
  private final GraphBuilder g;
  private final List<Node> wrt;
  private final List<Node> order;
  private final Set<Node> dependent = new HashSet<>();
  private final Map<Node, Node> cotangents = new HashMap<>();

  private Gradients(GraphBuilder g, Node output, List<Node> wrt) {
    this.g = g;
    this.wrt = List.copyOf(wrt);
    this.order = Graph.inputsFirst(output);
    for (Node node : order) {
      if (wrt.contains(node) || node.inputs().stream().anyMatch(dependent::contains)) {
        dependent.add(node);
      }
    }
  }

  /** The derivatives of the sum of an output's elements, each in the shape of what it is by. */
  public static List<Node> of(GraphBuilder g, Node output, List<Node> wrt) {
    return pullback(g, output, g.expandLike(g.constant(1f), output), wrt);
  }

  /**
   * The same where the derivative by the output is known: the sum over its elements of cotangent
   * times derivative.
   *
   * @param cotangent in the shape of the output
   */
  public static List<Node> pullback(GraphBuilder g, Node output, Node cotangent, List<Node> wrt) {
    if (!cotangent.shape().equals(output.shape())) {
      throw new IllegalArgumentException(
          "The cotangent of %s has shape %s, expected the same shape."
              .formatted(output, cotangent.shape()));
    }
    return new Gradients(g, output, wrt).run(output, cotangent);
  }

  private List<Node> run(Node output, Node cotangent) {
    cotangents.put(output, cotangent);
    for (int i = order.size() - 1; i >= 0; i--) {
      Node node = order.get(i);
      Node own = cotangents.get(node);
      if (own != null
          && !wrt.contains(node)
          && node.inputs().stream().anyMatch(dependent::contains)) {
        passOn(node, own);
      }
    }
    List<Node> gradients = new ArrayList<>();
    for (Node node : wrt) {
      Node found = cotangents.get(node);
      gradients.add(found == null ? g.expandLike(g.constant(0f), node) : found);
    }
    return gradients;
  }

  private void passOn(Node node, Node cotangent) {
    List<Node> parts = PullbackRules.of(g, node, cotangent);
    for (int i = 0; i < parts.size(); i++) {
      Node input = node.inputs().get(i);
      if (dependent.contains(input)) {
        Node part = sumTo(input.shape(), parts.get(i));
        cotangents.merge(input, part, g::add);
      }
    }
  }

  /** Undoes broadcasting: what was stretched gets the sum over what it was stretched to. */
  private Node sumTo(GraphShape shape, Node cotangent) {
    Node sum = cotangent;
    while (sum.shape().rank() > shape.rank()) {
      sum = g.squeeze(g.sum(sum, 0), 0);
    }
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (shape.dim(axis).equals(Dim.ONE) && !sum.shape().dim(axis).equals(Dim.ONE)) {
        sum = g.sum(sum, axis);
      }
    }
    return sum;
  }
}

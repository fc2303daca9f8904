package dev.freshet.adaptation.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Rewrites a graph so that nothing is stretched which an op would stretch by itself. What tasks
 * share then stays one tensor until a step tells it apart: the first step of an inner loop is one
 * large product, not one per task.
 *
 * <p>What a REPEAT applies is left as it is. Gradients need the EXPANDs in place (they are where
 * sharing begins), so this comes last.
 */
public final class LazyExpansion {
  private final Map<Node, Node> rewritten = new HashMap<>();

  private LazyExpansion() {}

  /** The same function under the same names. */
  public static Graph of(Graph graph) {
    LazyExpansion pass = new LazyExpansion();
    graph.nodes().forEach(node -> pass.rewritten.put(node, pass.rewrite(node)));
    Map<String, Node> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, node) -> outputs.put(name, pass.get(node)));
    return new Graph(graph.name(), graph.inputs(), outputs);
  }

  private Node rewrite(Node node) {
    List<Node> inputs = new ArrayList<>(node.inputs().stream().map(this::get).toList());
    return switch (node.op()) {
      case INPUT, CONSTANT -> node;
      case ADD, SUB, MUL, DIV, POW, MAX, MATMUL, FUSED_MATMUL -> narrow(node, inputs);
      case EXPAND -> expand(inputs.get(0), inputs.get(1));
      case NEG, EXP, LOG, SQRT, RELU, STEP, TANH, DETACH -> before(node, inputs.get(0));
      case TRANSPOSE,
          RESHAPE,
          UNSQUEEZE,
          SQUEEZE,
          CONCAT,
          SLICE,
          PAD,
          SUM,
          CUMULATIVE_SUM,
          REDUCE_MAX,
          SOFTMAX,
          LOG_SOFTMAX,
          REPEAT ->
          new Node(node.op(), node.attributes(), inputs);
    };
  }

  /** Takes an input as it was before its EXPAND wherever the result keeps its shape. */
  private static Node narrow(Node node, List<Node> inputs) {
    Node result = new Node(node.op(), node.attributes(), inputs);
    for (int i = 0; i < inputs.size(); i++) {
      Node input = inputs.get(i);
      if (input.op() == Op.EXPAND && fits(node, inputs, i)) {
        inputs.set(i, input.inputs().get(0));
        result = new Node(node.op(), node.attributes(), inputs);
      }
    }
    return result;
  }

  private static boolean fits(Node node, List<Node> inputs, int position) {
    Node before = inputs.get(position).inputs().get(0);
    boolean product = node.op() == Op.MATMUL || node.op() == Op.FUSED_MATMUL;
    if (product && !sameMatrix(before.shape(), inputs.get(position).shape())) {
      return false;
    }
    List<Node> narrowed = new ArrayList<>(inputs);
    narrowed.set(position, before);
    return new Node(node.op(), node.attributes(), narrowed).shape().equals(node.shape());
  }

  private static boolean sameMatrix(GraphShape before, GraphShape after) {
    return before.rank() >= 2
        && before.dim(-1).equals(after.dim(-1))
        && before.dim(-2).equals(after.dim(-2));
  }

  /** An op on each value is cheaper before its input is stretched. */
  private static Node before(Node node, Node input) {
    if (input.op() != Op.EXPAND) {
      return new Node(node.op(), node.attributes(), List.of(input));
    }
    Node small = new Node(node.op(), node.attributes(), List.of(input.inputs().get(0)));
    return new Node(Op.EXPAND, Attributes.NONE, List.of(small, input.inputs().get(1)));
  }

  /** Of EXPANDs in a row the last one counts; one that only lends its shape has lent it before. */
  private static Node expand(Node input, Node target) {
    Node from = input.op() == Op.EXPAND ? input.inputs().get(0) : input;
    Node like = target.op() == Op.EXPAND ? target.inputs().get(1) : target;
    return new Node(Op.EXPAND, Attributes.NONE, List.of(from, like));
  }

  private Node get(Node node) {
    return Objects.requireNonNull(rewritten.get(node), "nodes of a graph come after their inputs");
  }
}

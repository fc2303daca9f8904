package dev.freshet.adaptation.graph;

import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Writes a graph, op by op. Shapes are inferred and checked as each op is applied, so that the
 * stack trace of a mistake points at the line with the mistake. What is written twice here is one
 * node: ONNX Runtime finds only some of it.
 */
public final class GraphBuilder {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]*");

  private final String name;
  private final Map<String, Node> inputs = new LinkedHashMap<>();
  private final Map<String, Node> outputs = new LinkedHashMap<>();
  private final Map<Applied, Node> applied = new HashMap<>();

  /** One op applied to the same nodes is one node, however often it is written. */
  private record Applied(Op op, Attributes attributes, List<Node> operands) {}

  public GraphBuilder(String name) {
    this.name = name;
  }

  public Node input(String inputName, Dim... dims) {
    checkName("Input", inputName, inputs);
    Node node = apply(Op.INPUT, new Attributes.Declared(inputName, GraphShape.of(dims)));
    inputs.put(inputName, node);
    return node;
  }

  public Node constant(Tensor tensor) {
    return apply(Op.CONSTANT, new Attributes.Value(tensor));
  }

  public Node constant(float value) {
    return constant(Tensor.scalar(value));
  }

  public Node add(Node a, Node b) {
    return apply(Op.ADD, Attributes.NONE, a, b);
  }

  public Node sub(Node a, Node b) {
    return apply(Op.SUB, Attributes.NONE, a, b);
  }

  public Node mul(Node a, Node b) {
    return apply(Op.MUL, Attributes.NONE, a, b);
  }

  public Node div(Node a, Node b) {
    return apply(Op.DIV, Attributes.NONE, a, b);
  }

  public Node pow(Node base, Node exponent) {
    return apply(Op.POW, Attributes.NONE, base, exponent);
  }

  public Node max(Node a, Node b) {
    return apply(Op.MAX, Attributes.NONE, a, b);
  }

  public Node neg(Node a) {
    return apply(Op.NEG, Attributes.NONE, a);
  }

  public Node exp(Node a) {
    return apply(Op.EXP, Attributes.NONE, a);
  }

  public Node log(Node a) {
    return apply(Op.LOG, Attributes.NONE, a);
  }

  public Node sqrt(Node a) {
    return apply(Op.SQRT, Attributes.NONE, a);
  }

  public Node relu(Node a) {
    return apply(Op.RELU, Attributes.NONE, a);
  }

  public Node step(Node a) {
    return apply(Op.STEP, Attributes.NONE, a);
  }

  public Node tanh(Node a) {
    return apply(Op.TANH, Attributes.NONE, a);
  }

  public Node matMul(Node a, Node b) {
    return apply(Op.MATMUL, Attributes.NONE, a, b);
  }

  /** alpha op(a) op(b), where op transposes the last two axes where asked. */
  public Node fusedMatMul(Node a, boolean transposeA, Node b, boolean transposeB, float alpha) {
    return apply(Op.FUSED_MATMUL, new Attributes.Product(transposeA, transposeB, alpha), a, b);
  }

  public Node transpose(Node a, Integer... axes) {
    return apply(Op.TRANSPOSE, new Attributes.Permutation(List.of(axes)), a);
  }

  public Node reshape(Node a, Dim... dims) {
    return apply(Op.RESHAPE, new Attributes.Target(GraphShape.of(dims)), a);
  }

  /** A negative axis counts from the end of the result. */
  public Node unsqueeze(Node a, int axis) {
    return apply(Op.UNSQUEEZE, new Attributes.Axis(fromStart(axis, a.shape().rank() + 1)), a);
  }

  public Node squeeze(Node a, int axis) {
    return apply(Op.SQUEEZE, new Attributes.Axis(fromStart(axis, a.shape().rank())), a);
  }

  public Node expandLike(Node a, Node target) {
    return apply(Op.EXPAND, Attributes.NONE, a, target);
  }

  public Node concat(int axis, Node... parts) {
    int rank = parts.length == 0 ? 0 : parts[0].shape().rank();
    return apply(Op.CONCAT, new Attributes.Axis(fromStart(axis, rank)), parts);
  }

  public Node slice(Node a, int axis, int start, int end) {
    return apply(Op.SLICE, new Attributes.Range(fromStart(axis, a.shape().rank()), start, end), a);
  }

  /** With zeros before and after along a fixed axis. */
  public Node pad(Node a, int axis, int before, int after) {
    int fromStart = fromStart(axis, a.shape().rank());
    return apply(Op.PAD, new Attributes.Padding(fromStart, before, after), a);
  }

  /** Over one axis, which stays with size 1. */
  public Node sum(Node a, int axis) {
    return apply(Op.SUM, new Attributes.Axis(fromStart(axis, a.shape().rank())), a);
  }

  /** Along one axis, each value the sum of those up to it, itself included. */
  public Node cumulativeSum(Node a, int axis) {
    return apply(Op.CUMULATIVE_SUM, new Attributes.Axis(fromStart(axis, a.shape().rank())), a);
  }

  /** The same value, as a constant to whoever differentiates. */
  public Node detach(Node a) {
    return apply(Op.DETACH, Attributes.NONE, a);
  }

  /**
   * Applies a graph to what it gave, once for so many rows: values that need more steps the larger
   * they are get them without every small one paying for it. A graph with it has no gradient.
   *
   * @param body its outputs take the place of its first inputs, by order; the other inputs stay
   * @param rows of the second axis of the first input, padding included, for each of which the body
   *     is applied once; below that it never is
   * @param most how often at most
   * @param values what to put in place of each of its inputs at first
   * @return what stands in the place of the first input at the end
   */
  public Node repeat(Graph body, int rows, int most, Map<String, Node> values) {
    Node[] operands =
        body.inputs().keySet().stream()
            .map(input -> required(body, input, values))
            .toArray(Node[]::new);
    return apply(Op.REPEAT, new Attributes.Repetition(body, rows, most), operands);
  }

  private static Node required(Graph body, String input, Map<String, Node> values) {
    Node value = values.get(input);
    if (value == null) {
      throw new IllegalArgumentException(
          "Cannot repeat graph '%s': no value for its input '%s', got %s."
              .formatted(body.name(), input, values.keySet()));
    }
    return value;
  }

  public Node reduceMax(Node a) {
    return apply(Op.REDUCE_MAX, Attributes.NONE, a);
  }

  public Node softmax(Node a) {
    return apply(Op.SOFTMAX, Attributes.NONE, a);
  }

  public Node logSoftmax(Node a) {
    return apply(Op.LOG_SOFTMAX, Attributes.NONE, a);
  }

  /**
   * Sums over a last axis of fixed size, which stays with size 1, as a product with ones.
   *
   * <p>Two columns of ones, of which the first is taken: in a product with a single column the bits
   * of a row can depend on how many rows there are.
   */
  public Node sumLastAxis(Node a) {
    if (!(a.shape().rank() >= 2 && a.shape().dim(-1) instanceof Dim.Fixed fixed)) {
      throw new IllegalArgumentException(
          "Cannot sum the last axis of "
              + a.shape()
              + ": expected two axes or more, the last of fixed size.");
    }
    Node ones = constant(Tensor.full(Shape.of(fixed.size(), 2), 1f));
    return slice(matMul(a, ones), -1, 0, 1);
  }

  /**
   * The outputs of another graph as nodes of this one, by name.
   *
   * @param values what to put in place of each of its inputs
   */
  public Map<String, Node> inline(Graph graph, Map<String, Node> values) {
    Map<Node, Node> copies = new HashMap<>();
    for (Node node : graph.nodes()) {
      copies.put(node, copy(graph, node, values, copies));
    }
    Map<String, Node> results = new LinkedHashMap<>();
    graph.outputs().forEach((outputName, node) -> results.put(outputName, of(copies, node)));
    return results;
  }

  private Node copy(Graph graph, Node node, Map<String, Node> values, Map<Node, Node> copies) {
    if (!(node.attributes() instanceof Attributes.Declared declared)) {
      return written(
          node.op(), node.attributes(), node.inputs().stream().map(i -> of(copies, i)).toList());
    }
    Node value = values.get(declared.name());
    if (value == null || !value.shape().equals(declared.shape())) {
      throw new IllegalArgumentException(
          "Cannot inline graph '%s': input '%s' is to be %s, got %s."
              .formatted(graph.name(), declared.name(), declared.shape(), value));
    }
    return value;
  }

  private static Node of(Map<Node, Node> copies, Node node) {
    return Objects.requireNonNull(copies.get(node), "nodes of a graph come after their inputs");
  }

  public GraphBuilder output(String outputName, Node node) {
    checkName("Output", outputName, outputs);
    checkName("Output", outputName, inputs);
    outputs.put(outputName, node);
    return this;
  }

  public Graph build() {
    if (outputs.isEmpty()) {
      throw new IllegalStateException("Graph '" + name + "' has no output, expected at least one.");
    }
    Graph graph = new Graph(name, inputs, outputs);
    for (Node node : graph.nodes()) {
      if (node.op() == Op.INPUT && !inputs.containsValue(node)) {
        throw new IllegalStateException(
            "Graph '" + name + "' uses " + node + ", an input of another graph.");
      }
    }
    return graph;
  }

  private Node apply(Op op, Attributes attributes, Node... operands) {
    if (operands.length == 0 && op == Op.CONCAT) {
      throw new IllegalArgumentException(
          "Cannot apply CONCAT to nothing: expected a part or more.");
    }
    return written(op, attributes, Arrays.asList(operands));
  }

  private Node written(Op op, Attributes attributes, List<Node> operands) {
    Applied key = new Applied(op, attributes, List.copyOf(operands));
    Node before = applied.get(key);
    if (before != null) {
      return before;
    }
    Node node = new Node(op, attributes, operands);
    applied.put(key, node);
    return node;
  }

  private static int fromStart(int axis, int rank) {
    return axis < 0 ? axis + rank : axis;
  }

  private void checkName(String what, String chosen, Map<String, Node> taken) {
    if (!NAME.matcher(chosen).matches()) {
      throw new IllegalArgumentException(
          what + " name '" + chosen + "' is not of the form " + NAME.pattern() + ".");
    }
    if (taken.containsKey(chosen)) {
      throw new IllegalArgumentException(
          what + " '" + chosen + "' is already there in graph '" + name + "': names are unique.");
    }
  }
}

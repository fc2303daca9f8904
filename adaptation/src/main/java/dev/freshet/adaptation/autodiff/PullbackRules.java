package dev.freshet.adaptation.autodiff;

import dev.freshet.adaptation.graph.Attributes;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * One rule per op: from the cotangent of a node, those of its inputs, in their order. They may be
 * as large as the node where the op broadcasts. A list that ends early gives the rest of the inputs
 * none.
 */
final class PullbackRules {
  /** Keeps the slope of SQRT at zero, where it is infinite, finite. */
  private static final float ROOT_MIN = 1e-18f;

  private final GraphBuilder g;
  private final Node node;
  private final Node cotangent;

  private PullbackRules(GraphBuilder g, Node node, Node cotangent) {
    this.g = g;
    this.node = node;
    this.cotangent = cotangent;
  }

  static List<Node> of(GraphBuilder g, Node node, Node cotangent) {
    try {
      return new PullbackRules(g, node, cotangent).apply();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The pullback of %s at %s does not hold for %s: %s"
              .formatted(node.op(), node, node.inputs(), e.getMessage()),
          e);
    }
  }

  private List<Node> apply() {
    return switch (node.op()) {
      case INPUT, CONSTANT, STEP, DETACH -> List.of();
      case ADD -> List.of(cotangent, cotangent);
      case SUB -> List.of(cotangent, g.neg(cotangent));
      case MUL -> List.of(g.mul(cotangent, b()), g.mul(cotangent, a()));
      case DIV -> quotient();
      case POW -> power();
      case MAX -> larger();
      case NEG -> List.of(g.neg(cotangent));
      case EXP -> List.of(g.mul(cotangent, node));
      case LOG -> List.of(g.div(cotangent, a()));
      case SQRT -> List.of(root());
      case RELU -> List.of(g.mul(cotangent, g.step(a())));
      case TANH -> List.of(g.mul(cotangent, g.sub(g.constant(1f), g.mul(node, node))));
      case MATMUL -> product(new Attributes.Product(false, false, 1f));
      case FUSED_MATMUL -> product(node.attributes(Attributes.Product.class));
      case TRANSPOSE -> List.of(g.transpose(cotangent, inverse()));
      case RESHAPE -> List.of(g.reshape(cotangent, a().shape().dims().toArray(new Dim[0])));
      case UNSQUEEZE -> List.of(g.squeeze(cotangent, axis()));
      case SQUEEZE -> List.of(g.unsqueeze(cotangent, axis()));
      case EXPAND -> List.of(cotangent);
      case CONCAT -> parts();
      case SLICE -> List.of(unslice(node.attributes(Attributes.Range.class)));
      case PAD -> List.of(unpad(node.attributes(Attributes.Padding.class)));
      case SUM -> List.of(g.expandLike(cotangent, a()));
      case CUMULATIVE_SUM -> List.of(sumsFromHereOn());
      case REDUCE_MAX -> List.of(toLargest());
      case SOFTMAX -> List.of(softmax());
      case LOG_SOFTMAX -> List.of(g.sub(cotangent, g.mul(g.exp(node), g.sum(cotangent, -1))));
      case REPEAT ->
          throw new IllegalArgumentException(
              "it is not known how often it is applied before the graph runs; "
                  + "differentiate a graph without it");
    };
  }

  private Node a() {
    return node.inputs().get(0);
  }

  private Node b() {
    return node.inputs().get(1);
  }

  private int axis() {
    return node.attributes(Attributes.Axis.class).axis();
  }

  private List<Node> quotient() {
    Node byA = g.div(cotangent, b());
    return List.of(byA, g.neg(g.mul(byA, node)));
  }

  /** By the exponent only where the base is positive. */
  private List<Node> power() {
    Node lower = g.pow(a(), g.sub(b(), g.constant(1f)));
    return List.of(g.mul(cotangent, g.mul(b(), lower)), g.mul(cotangent, g.mul(node, g.log(a()))));
  }

  /** Where both are equal, to the second, which is the bound of a clamp. */
  private List<Node> larger() {
    Node first = g.step(g.sub(a(), b()));
    return List.of(g.mul(cotangent, first), g.mul(cotangent, g.sub(g.constant(1f), first)));
  }

  private Node root() {
    return g.div(g.mul(cotangent, g.constant(0.5f)), g.max(node, g.constant(ROOT_MIN)));
  }

  /** y = α op(a) op(b): ā = α ȳ op(b)ᵀ and b̄ = α op(a)ᵀ ȳ, each transposed where its op is. */
  private List<Node> product(Attributes.Product p) {
    float alpha = p.alpha();
    Node byA =
        p.transposeA()
            ? g.fusedMatMul(b(), p.transposeB(), cotangent, true, alpha)
            : g.fusedMatMul(cotangent, false, b(), !p.transposeB(), alpha);
    Node byB =
        p.transposeB()
            ? g.fusedMatMul(cotangent, true, a(), p.transposeA(), alpha)
            : g.fusedMatMul(a(), !p.transposeA(), cotangent, false, alpha);
    return List.of(byA, byB);
  }

  private Integer[] inverse() {
    List<Integer> axes = node.attributes(Attributes.Permutation.class).axes();
    Integer[] inverse = new Integer[axes.size()];
    for (int i = 0; i < inverse.length; i++) {
      inverse[axes.get(i)] = i;
    }
    return inverse;
  }

  private List<Node> parts() {
    List<Node> parts = new ArrayList<>();
    int start = 0;
    for (Node input : node.inputs()) {
      int end = start + size(input, axis());
      parts.add(g.slice(cotangent, axis(), start, end));
      start = end;
    }
    return parts;
  }

  private Node unslice(Attributes.Range range) {
    int size = size(a(), range.axis());
    return g.pad(cotangent, range.axis(), range.start(), size - range.end());
  }

  private Node unpad(Attributes.Padding padding) {
    int start = padding.before();
    return g.slice(cotangent, padding.axis(), start, start + size(a(), padding.axis()));
  }

  private Node sumsFromHereOn() {
    Node all = g.sum(cotangent, axis());
    return g.add(g.sub(all, g.cumulativeSum(cotangent, axis())), cotangent);
  }

  /** Those that are largest share what there is. */
  private Node toLargest() {
    Node largest = g.sub(g.constant(1f), g.step(g.sub(node, a())));
    return g.mul(largest, g.div(cotangent, g.sum(largest, -1)));
  }

  private Node softmax() {
    Node weighted = g.mul(cotangent, node);
    return g.sub(weighted, g.mul(node, g.sum(weighted, -1)));
  }

  /** Of an axis that the op itself requires to be fixed. */
  private static int size(Node input, int axis) {
    return ((Dim.Fixed) input.shape().dim(axis)).size();
  }
}

package dev.freshet.adaptation.graph;

import java.util.List;

/**
 * One op applied to others: a value of the graph. Immutable; two nodes are equal only if the same.
 */
public final class Node {
  private final Op op;
  private final List<Node> inputs;
  private final Attributes attributes;
  private final GraphShape shape;

  /** Infers the shape, or fails where it is called. */
  Node(Op op, Attributes attributes, List<Node> inputs) {
    this.op = op;
    this.attributes = attributes;
    this.inputs = List.copyOf(inputs);
    this.shape = ShapeRules.infer(op, attributes, this.inputs);
  }

  public Op op() {
    return op;
  }

  public List<Node> inputs() {
    return inputs;
  }

  public Attributes attributes() {
    return attributes;
  }

  /** The attributes, known to be of the kind that the op has. */
  public <A extends Attributes> A attributes(Class<A> kind) {
    return kind.cast(attributes);
  }

  public GraphShape shape() {
    return shape;
  }

  @Override
  public String toString() {
    return op + (attributes instanceof Attributes.Declared d ? " " + d.name() : "") + shape;
  }
}

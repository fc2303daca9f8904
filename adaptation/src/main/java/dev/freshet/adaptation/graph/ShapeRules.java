package dev.freshet.adaptation.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The shape of what an op gives, from the shapes of what it gets. */
final class ShapeRules {
  private final Op op;
  private final Attributes attributes;
  private final List<GraphShape> shapes;

  private ShapeRules(Op op, Attributes attributes, List<GraphShape> shapes) {
    this.op = op;
    this.attributes = attributes;
    this.shapes = shapes;
  }

  static GraphShape infer(Op op, Attributes attributes, List<Node> inputs) {
    return new ShapeRules(op, attributes, inputs.stream().map(Node::shape).toList()).infer();
  }

  private GraphShape infer() {
    return switch (op) {
      case INPUT -> as(Attributes.Declared.class).shape();
      case CONSTANT -> GraphShape.of(as(Attributes.Value.class).tensor().shape());
      case ADD, SUB, MUL, DIV, POW, MAX -> broadcast();
      case NEG, EXP, LOG, SQRT, RELU, STEP, TANH, DETACH -> shapes.get(0);
      case MATMUL -> product(false, false);
      case FUSED_MATMUL -> product(as(Attributes.Product.class));
      case TRANSPOSE -> transpose(as(Attributes.Permutation.class).axes());
      case RESHAPE -> reshape(as(Attributes.Target.class).shape());
      case UNSQUEEZE -> unsqueeze(as(Attributes.Axis.class).axis());
      case SQUEEZE -> squeeze(as(Attributes.Axis.class).axis());
      case EXPAND -> expand();
      case CONCAT -> concat(as(Attributes.Axis.class).axis());
      case SLICE -> slice(as(Attributes.Range.class));
      case PAD -> pad(as(Attributes.Padding.class));
      case SUM -> sum(as(Attributes.Axis.class).axis());
      case CUMULATIVE_SUM -> along(as(Attributes.Axis.class).axis());
      case REDUCE_MAX -> lastAxis().withoutLast(1).plus(Dim.ONE);
      case SOFTMAX, LOG_SOFTMAX -> lastAxis();
      case REPEAT -> repeat(as(Attributes.Repetition.class));
    };
  }

  private GraphShape repeat(Attributes.Repetition repetition) {
    List<GraphShape> given = shapesOf(repetition.body().inputs());
    List<GraphShape> next = shapesOf(repetition.body().outputs());
    if (!shapes.equals(given)) {
      throw refused("what the body takes, " + given);
    }
    if (next.size() > given.size() || !next.equals(given.subList(0, next.size()))) {
      throw refused("a body that gives what it takes first, got " + next);
    }
    if (shapes.get(0).rank() < 2) {
      throw refused("a first value with rows on its second axis");
    }
    if (repetition.rows() < 1 || repetition.most() < 1) {
      throw refused(
          "a positive number of rows and times, got %d and %d"
              .formatted(repetition.rows(), repetition.most()));
    }
    return shapes.get(0);
  }

  private static List<GraphShape> shapesOf(Map<String, Node> nodes) {
    return nodes.values().stream().map(Node::shape).toList();
  }

  private GraphShape along(int axis) {
    checkAxis(shapes.get(0), axis);
    return shapes.get(0);
  }

  private GraphShape broadcast() {
    return shapes
        .get(0)
        .broadcast(shapes.get(1))
        .orElseThrow(() -> refused("dims that are equal or 1, aligned at the last axis"));
  }

  private GraphShape product(Attributes.Product product) {
    return product(product.transposeA(), product.transposeB());
  }

  private GraphShape product(boolean transposeA, boolean transposeB) {
    GraphShape a = shapes.get(0);
    GraphShape b = shapes.get(1);
    if (a.rank() < 2 || b.rank() < 2) {
      throw refused("at least two axes on both sides");
    }
    Dim innerA = a.dim(transposeA ? -2 : -1);
    Dim innerB = b.dim(transposeB ? -1 : -2);
    if (!innerA.equals(innerB)) {
      throw refused("equal inner dims, got " + innerA + " and " + innerB);
    }
    return a.withoutLast(2)
        .broadcast(b.withoutLast(2))
        .orElseThrow(() -> refused("outer dims that are equal or 1"))
        .plus(a.dim(transposeA ? -1 : -2), b.dim(transposeB ? -2 : -1));
  }

  private GraphShape transpose(List<Integer> axes) {
    GraphShape shape = shapes.get(0);
    if (!new TreeSet<>(axes).equals(new TreeSet<>(axesUpTo(shape.rank())))
        || axes.size() != shape.rank()) {
      throw refused("a permutation of " + axesUpTo(shape.rank()) + ", got " + axes);
    }
    return new GraphShape(axes.stream().map(shape::dim).toList());
  }

  private GraphShape reshape(GraphShape target) {
    GraphShape shape = shapes.get(0);
    for (int axis = 0; axis < Math.max(shape.rank(), target.rank()); axis++) {
      Dim before = axis < shape.rank() ? shape.dim(axis) : Dim.ONE;
      Dim after = axis < target.rank() ? target.dim(axis) : Dim.ONE;
      boolean symbolic = before instanceof Dim.Symbol || after instanceof Dim.Symbol;
      if (symbolic && !before.equals(after)) {
        throw refused("a target that keeps symbolic dims at their axis, got " + target);
      }
    }
    if (fixedElements(shape) != fixedElements(target)) {
      throw refused(
          "a target with %d elements per symbolic one, got %s with %d"
              .formatted(fixedElements(shape), target, fixedElements(target)));
    }
    return target;
  }

  private GraphShape unsqueeze(int axis) {
    GraphShape shape = shapes.get(0);
    if (axis < 0 || axis > shape.rank()) {
      throw refused("an axis from 0 to " + shape.rank() + ", got " + axis);
    }
    List<Dim> dims = new ArrayList<>(shape.dims());
    dims.add(axis, Dim.ONE);
    return new GraphShape(dims);
  }

  private GraphShape squeeze(int axis) {
    GraphShape shape = shapes.get(0);
    checkAxis(shape, axis);
    if (!shape.dim(axis).equals(Dim.ONE)) {
      throw refused("size 1 at axis " + axis + ", got " + shape.dim(axis));
    }
    List<Dim> dims = new ArrayList<>(shape.dims());
    dims.remove(axis);
    return new GraphShape(dims);
  }

  private GraphShape expand() {
    GraphShape target = shapes.get(1);
    if (!shapes.get(0).broadcast(target).equals(java.util.Optional.of(target))) {
      throw refused("a first shape that stretches to the second");
    }
    return target;
  }

  private GraphShape concat(int axis) {
    GraphShape first = shapes.get(0);
    checkAxis(first, axis);
    int size = 0;
    for (GraphShape shape : shapes) {
      boolean alike =
          shape.rank() == first.rank()
              && shape.with(axis, Dim.ONE).equals(first.with(axis, Dim.ONE));
      if (!alike) {
        throw refused("dims equal everywhere but at axis " + axis);
      }
      size += fixedSize(shape, axis);
    }
    return first.with(axis, Dim.of(size));
  }

  private GraphShape slice(Attributes.Range range) {
    GraphShape shape = shapes.get(0);
    checkAxis(shape, range.axis());
    int size = fixedSize(shape, range.axis());
    if (range.start() < 0 || range.start() >= range.end() || range.end() > size) {
      throw refused(
          "0 <= start < end <= " + size + ", got " + range.start() + " to " + range.end());
    }
    return shape.with(range.axis(), Dim.of(range.end() - range.start()));
  }

  private GraphShape pad(Attributes.Padding padding) {
    GraphShape shape = shapes.get(0);
    checkAxis(shape, padding.axis());
    int size = fixedSize(shape, padding.axis());
    if (padding.before() < 0 || padding.after() < 0) {
      throw refused("no negative padding, got " + padding);
    }
    return shape.with(padding.axis(), Dim.of(padding.before() + size + padding.after()));
  }

  private GraphShape sum(int axis) {
    checkAxis(shapes.get(0), axis);
    return shapes.get(0).with(axis, Dim.ONE);
  }

  private GraphShape lastAxis() {
    if (shapes.get(0).rank() == 0) {
      throw refused("at least one axis");
    }
    return shapes.get(0);
  }

  private void checkAxis(GraphShape shape, int axis) {
    if (axis < 0 || axis >= shape.rank()) {
      throw refused("an axis from 0 to " + (shape.rank() - 1) + ", got " + axis);
    }
  }

  private int fixedSize(GraphShape shape, int axis) {
    if (shape.dim(axis) instanceof Dim.Fixed fixed) {
      return fixed.size();
    }
    throw refused("a fixed size at axis " + axis + ", got " + shape.dim(axis));
  }

  private static long fixedElements(GraphShape shape) {
    return shape.dims().stream()
        .mapToLong(dim -> dim instanceof Dim.Fixed fixed ? fixed.size() : 1)
        .reduce(1, Math::multiplyExact);
  }

  private static List<Integer> axesUpTo(int rank) {
    return IntStream.range(0, rank).boxed().toList();
  }

  private <A extends Attributes> A as(Class<A> kind) {
    return kind.cast(attributes);
  }

  private IllegalArgumentException refused(String expected) {
    String got = shapes.stream().map(GraphShape::toString).collect(Collectors.joining(" and "));
    return new IllegalArgumentException(
        "Cannot apply " + op + " to " + got + ": expected " + expected + ".");
  }
}

package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Attributes;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.graph.Op;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** Learning rates of an inner loop: meta-parameters, or fixed. */
final class Rates {
  /** How many there are. */
  enum Kind {
    /** A number for each weight matrix and each bias. */
    PER_TENSOR,
    /** One for each parameter; those of the head are shared by all ways, of which any may come. */
    PER_PARAMETER
  }

  private final GraphBuilder g;
  private final Map<String, Shape> shapes;
  private final BiFunction<String, Shape, Node> source;
  private final Map<String, Node> rates = new LinkedHashMap<>();

  private Rates(GraphBuilder g, Map<String, Shape> shapes, BiFunction<String, Shape, Node> source) {
    this.g = g;
    this.shapes = shapes;
    this.source = source;
  }

  /** As inputs, of which a graph gets those it uses. */
  static Rates declare(GraphBuilder g, Body body, Kind kind) {
    return new Rates(
        g,
        shapes(body, kind),
        (tensor, shape) -> g.input(name(tensor), GraphShape.of(shape).dims().toArray(new Dim[0])));
  }

  /** The same number in every task and every training: the rates are no meta-parameters. */
  static Rates fixed(GraphBuilder g, Body body, Kind kind, float rate) {
    return new Rates(
        g, shapes(body, kind), (tensor, shape) -> g.constant(Tensor.full(shape, rate)));
  }

  static Map<String, Tensor> initial(Body body, Kind kind, float rate) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    shapes(body, kind)
        .forEach((tensor, shape) -> tensors.put(name(tensor), Tensor.full(shape, rate)));
    return tensors;
  }

  static String name(String tensor) {
    return "rate_" + tensor;
  }

  private static Map<String, Shape> shapes(Body body, Kind kind) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (int layer = 0; layer < body.layers(); layer++) {
      shapes.put(Body.weight(layer), body.weightShape(layer));
      shapes.put(Body.bias(layer), body.biasShape(layer));
    }
    shapes.put(LinearScores.HEAD, Shape.of(1, body.width()));
    shapes.put(LinearScores.BIAS, Shape.of(1));
    if (kind == Kind.PER_TENSOR) {
      shapes.replaceAll((tensor, shape) -> Shape.of(1));
    }
    return shapes;
  }

  Node of(String tensor) {
    Shape shape = shapes.get(tensor);
    if (shape == null) {
      throw new IllegalStateException("No rate of '" + tensor + "' among " + shapes.keySet() + ".");
    }
    return rates.computeIfAbsent(tensor, unused -> source.apply(tensor, shape));
  }

  /** rate ∘ gradient. Of a product one factor is smaller than the result: a number goes there. */
  Node times(String tensor, Node gradient) {
    Node rate = of(tensor);
    boolean number = rate.shape().equals(GraphShape.of(Dim.ONE));
    if (!number || gradient.op() != Op.FUSED_MATMUL) {
      return g.mul(gradient, rate);
    }
    Attributes.Product product = gradient.attributes(Attributes.Product.class);
    Node a = gradient.inputs().get(0);
    Node b = gradient.inputs().get(1);
    return g.fusedMatMul(
        a, product.transposeA(), g.mul(b, rate), product.transposeB(), product.alpha());
  }
}

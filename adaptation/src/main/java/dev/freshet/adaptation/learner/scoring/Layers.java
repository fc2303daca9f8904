package dev.freshet.adaptation.learner.scoring;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Random;

/** Weights of small networks, drawn once and for all. */
final class Layers {
  private final Random random;

  Layers(long seed) {
    this.random = new Random(seed);
  }

  /** Normal with a variance of scale² / inputs (He and others, ICCV 2015, up to the factor). */
  Tensor weights(int inputs, int outputs, double scale) {
    float[] values = new float[inputs * outputs];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * scale / Math.sqrt(inputs));
    }
    return Tensor.of(Shape.of(inputs, outputs), values);
  }

  static Tensor zeros(int size) {
    return Tensor.full(Shape.of(size), 0f);
  }

  /** x W, where W is an input of that name. */
  static Node times(GraphBuilder g, Node x, String weights, int inputs, int outputs) {
    return g.matMul(x, g.input(weights, Dim.of(inputs), Dim.of(outputs)));
  }

  static Node bias(GraphBuilder g, String bias, int size) {
    return g.input(bias, Dim.of(size));
  }

  /** Σ_k x_k w_k, where w is an input of that name: the bits are those of a wider product. */
  static Node dot(GraphBuilder g, Node x, String weights, int inputs) {
    return g.sumLastAxis(g.mul(x, g.input(weights, Dim.of(inputs))));
  }
}

package dev.freshet.trainer.readers;

import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import dev.freshet.trainer.training.Adam;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is being learned, in float64, and the best that was seen of it. */
final class Coordinates {
  private final SortedMap<String, double[]> values = new TreeMap<>();
  private final SortedMap<String, Shape> shapes = new TreeMap<>();
  private final Adam adam;
  private SortedMap<String, double[]> best;
  private double bestLoss = Double.POSITIVE_INFINITY;

  Coordinates(Map<String, Tensor> start) {
    start.forEach(
        (name, tensor) -> {
          float[] floats = tensor.toArray();
          double[] doubles = new double[floats.length];
          for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
          }
          values.put(name, doubles);
          shapes.put(name, tensor.shape());
        });
    this.adam = Adam.fresh(values);
    this.best = copy(values);
  }

  double[] of(String name) {
    return values.getOrDefault(name, new double[0]);
  }

  /** As float32, under their names. */
  SortedMap<String, Tensor> tensors() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    shapes.forEach(
        (name, shape) -> {
          double[] own = of(name);
          float[] floats = new float[own.length];
          for (int i = 0; i < own.length; i++) {
            floats[i] = (float) own[i];
          }
          tensors.put(name, Tensor.of(shape, floats));
        });
    return tensors;
  }

  /**
   * One step of Adam; of matrices with decoupled weight decay (Loshchilov, Hutter: Decoupled Weight
   * Decay Regularization, ICLR 2019).
   */
  void step(SortedMap<String, double[]> gradients, double rate, double decay) {
    adam.nextStep();
    gradients.forEach(
        (name, gradient) -> {
          double[] own = of(name);
          if (shapes.getOrDefault(name, Shape.of()).rank() == 2) {
            for (int i = 0; i < own.length; i++) {
              own[i] -= rate * decay * own[i];
            }
          }
          adam.update(name, own, gradient, rate);
        });
  }

  /** Remembers what is there now if this is its best loss so far. */
  boolean judge(double loss) {
    if (loss < bestLoss) {
      bestLoss = loss;
      best = copy(values);
      return true;
    }
    return false;
  }

  /** Goes back to the best. */
  double restoreBest() {
    values.putAll(copy(best));
    return bestLoss;
  }

  private static SortedMap<String, double[]> copy(SortedMap<String, double[]> from) {
    SortedMap<String, double[]> copy = new TreeMap<>();
    from.forEach((name, own) -> copy.put(name, own.clone()));
    return copy;
  }
}

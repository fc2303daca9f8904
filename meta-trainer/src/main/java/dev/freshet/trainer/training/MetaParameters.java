package dev.freshet.trainer.training;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is learned of a learner, in float64 and in the coordinates of {@link TensorKind}. */
final class MetaParameters {
  private final Learner start;
  private final SortedMap<String, Tensor> untrained;
  private final SortedSet<String> learned = new TreeSet<>();

  MetaParameters(Learner start) {
    this.start = start;
    this.untrained = start.initialization();
    for (String name : untrained.keySet()) {
      if (TensorKind.of(name) != TensorKind.FROZEN) {
        learned.add(name);
      }
    }
  }

  /** Names of the tensors. */
  SortedSet<String> learned() {
    return learned;
  }

  /** Where training starts. */
  SortedMap<String, double[]> initial() {
    SortedMap<String, double[]> coordinates = new TreeMap<>();
    for (String name : learned) {
      float[] values = tensor(name).toArray();
      double[] own = new double[values.length];
      TensorKind kind = TensorKind.of(name);
      for (int i = 0; i < own.length; i++) {
        own[i] = kind.toCoordinate(values[i]);
      }
      coordinates.put(name, own);
    }
    return coordinates;
  }

  /** All of the learner's tensors, those that are not learned as they are. */
  Map<String, Tensor> tensors(SortedMap<String, double[]> coordinates) {
    Map<String, Tensor> tensors = new TreeMap<>(untrained);
    coordinates.forEach(
        (name, own) -> {
          float[] values = new float[own.length];
          TensorKind kind = TensorKind.of(name);
          for (int i = 0; i < own.length; i++) {
            values[i] = (float) kind.toValue(own[i]);
          }
          tensors.put(name, Tensor.of(shape(name), values));
        });
    return tensors;
  }

  Shape shape(String name) {
    return tensor(name).shape();
  }

  private Tensor tensor(String name) {
    Tensor tensor = untrained.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "Learner '%s' has no tensor '%s', expected one of %s."
              .formatted(start.name(), name, untrained.keySet()));
    }
    return tensor;
  }
}

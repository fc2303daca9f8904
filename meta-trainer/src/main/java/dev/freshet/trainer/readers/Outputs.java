package dev.freshet.trainer.readers;

import dev.freshet.adaptation.tensor.Tensor;
import java.util.Map;

/** What an outer graph gave, by name. */
final class Outputs {
  private Outputs() {}

  static Tensor of(Map<String, Tensor> outputs, String name) {
    Tensor tensor = outputs.get(name);
    if (tensor == null) {
      throw new IllegalStateException(
          "The outer graph gives no '%s', expected among %s.".formatted(name, outputs.keySet()));
    }
    return tensor;
  }

  /** A sum over tasks, as their mean in float64. */
  static double[] mean(Map<String, Tensor> outputs, String name, int tasks) {
    float[] sum = of(outputs, name).toArray();
    double[] mean = new double[sum.length];
    for (int i = 0; i < sum.length; i++) {
      mean[i] = (double) sum[i] / tasks;
    }
    return mean;
  }
}

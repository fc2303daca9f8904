package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.autodiff.Float64Array;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A support of which labels matter and vectors do not: those are of one feature, and zero. */
final class LabelledRows {
  private LabelledRows() {}

  /**
   * The inputs of one task.
   *
   * @param labels of its rows, names first
   * @param names how many of them are names
   * @param size of the support axis, padding included
   * @param mask 1 for a label, 0 for padding
   */
  static Map<String, Float64Array> inputs(int[] labels, int names, int size, double... mask) {
    double[] y = new double[size * mask.length];
    for (int i = 0; i < labels.length; i++) {
      y[i * mask.length + labels[i]] = 1;
    }
    double[] real = new double[size];
    Arrays.fill(real, 0, labels.length, 1);
    double[] name = new double[size];
    Arrays.fill(name, 0, names, 1);
    Map<String, Float64Array> inputs = new HashMap<>();
    put(inputs, GraphContract.SUPPORT_X, new double[size], 1, size, 1);
    put(inputs, GraphContract.SUPPORT_Y, y, 1, size, mask.length);
    put(inputs, GraphContract.SUPPORT_MASK, real, 1, size);
    put(inputs, GraphContract.SUPPORT_NAME, name, 1, size);
    put(inputs, GraphContract.WAY_MASK, mask, 1, mask.length);
    return inputs;
  }

  private static void put(
      Map<String, Float64Array> inputs, String name, double[] values, int... sizes) {
    inputs.put(name, new Float64Array(sizes, values));
  }
}

package dev.freshet.trainer.readers;

import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A batch of supports, padded to the longest. */
final class EpisodeTensors {
  private EpisodeTensors() {}

  /**
   * A row with its number.
   *
   * <p>vector: referenced
   */
  static final class Row {
    private final float[] vector;
    private final float value;

    Row(float[] vector, float value) {
      this.vector = vector;
      this.value = value;
    }

    float[] vector() {
      return vector;
    }

    float value() {
      return value;
    }
  }

  /** support_x, support_y and support_mask. */
  static Map<String, Tensor> supports(List<List<Row>> supports, int features) {
    int width = Math.max(1, supports.stream().mapToInt(List::size).max().orElse(1));
    Map<String, Tensor> tensors = new TreeMap<>();
    tensors.put(GraphContract.SUPPORT_X, vectors(supports, width, features));
    tensors.put(GraphContract.SUPPORT_Y, values(supports, width));
    float[] mask = new float[supports.size() * width];
    for (int task = 0; task < supports.size(); task++) {
      Arrays.fill(mask, task * width, task * width + supports.get(task).size(), 1f);
    }
    tensors.put(GraphContract.SUPPORT_MASK, Tensor.of(Shape.of(supports.size(), width), mask));
    return tensors;
  }

  static Tensor vectors(List<List<Row>> tasks, int width, int features) {
    float[] x = new float[tasks.size() * width * features];
    for (int task = 0; task < tasks.size(); task++) {
      int at = task * width * features;
      for (Row row : tasks.get(task)) {
        System.arraycopy(row.vector(), 0, x, at, features);
        at += features;
      }
    }
    return Tensor.of(Shape.of(tasks.size(), width, features), x);
  }

  static Tensor values(List<List<Row>> tasks, int width) {
    float[] y = new float[tasks.size() * width];
    for (int task = 0; task < tasks.size(); task++) {
      int at = task * width;
      for (Row row : tasks.get(task)) {
        y[at++] = row.value();
      }
    }
    return Tensor.of(Shape.of(tasks.size(), width, 1), y);
  }
}

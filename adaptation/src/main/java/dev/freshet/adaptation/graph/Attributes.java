package dev.freshet.adaptation.graph;

import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;

/** What an op needs to know beside its inputs. */
public sealed interface Attributes {
  /** Of ops that need nothing. */
  record None() implements Attributes {}

  /** Of INPUT. */
  record Declared(String name, GraphShape shape) implements Attributes {}

  /** Of CONSTANT. */
  record Value(Tensor tensor) implements Attributes {}

  /** Of FUSED_MATMUL. */
  record Product(boolean transposeA, boolean transposeB, float alpha) implements Attributes {}

  /** Of TRANSPOSE: result axis i is input axis {@code axes[i]}. */
  record Permutation(List<Integer> axes) implements Attributes {
    public Permutation {
      axes = List.copyOf(axes);
    }
  }

  /** Of RESHAPE. */
  record Target(GraphShape shape) implements Attributes {}

  /** Of UNSQUEEZE, SQUEEZE, CONCAT and SUM. Never negative. */
  record Axis(int axis) implements Attributes {}

  /** Of SLICE: from {@code start} to before {@code end}. */
  record Range(int axis, int start, int end) implements Attributes {}

  /** Of PAD: how many zeros before and after. */
  record Padding(int axis, int before, int after) implements Attributes {}

  /**
   * Of REPEAT. Equal only where the body is the very same.
   *
   * @param body from its inputs to what replaces the first of them
   * @param rows for each of which the body is applied once, padding included
   * @param most how often at most
   */
  record Repetition(Graph body, int rows, int most) implements Attributes {}

  Attributes NONE = new None();
}

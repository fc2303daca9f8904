package dev.freshet.adaptation.autodiff;

import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;

/**
 * A float64 array with a shape, last axis fastest, and what can be done with it. Slow and plain.
 */
public final class Float64Array {
  private final int[] sizes;
  private final double[] values;

  public Float64Array(int[] sizes, double[] values) {
    this.sizes = sizes;
    this.values = values;
    if (elements(sizes) != values.length) {
      throw new IllegalArgumentException(
          Arrays.toString(sizes) + " does not hold " + values.length + " values.");
    }
  }

  /** A tensor's numbers. */
  public static Float64Array of(Tensor tensor) {
    float[] floats = tensor.toArray();
    double[] doubles = new double[floats.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = floats[i];
    }
    return new Float64Array(tensor.shape().toArray(), doubles);
  }

  /** The same numbers in float32. */
  public Tensor toTensor() {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return Tensor.of(Shape.of(sizes), floats);
  }

  static int elements(int[] sizes) {
    return Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
  }

  int rank() {
    return sizes.length;
  }

  int size(int axis) {
    return sizes[axis < 0 ? axis + rank() : axis];
  }

  public int[] sizes() {
    return sizes.clone();
  }

  public double[] values() {
    return values.clone();
  }

  public double sum() {
    return Arrays.stream(values).sum();
  }

  public Float64Array map(DoubleUnaryOperator op) {
    return new Float64Array(sizes, Arrays.stream(values).map(op).toArray());
  }

  Float64Array shaped(int... newSizes) {
    return new Float64Array(newSizes, values);
  }

  /** An array of another shape, each element from a position of this one. */
  Float64Array gather(int[] newSizes, IntUnaryOperator position) {
    double[] result = new double[elements(newSizes)];
    for (int i = 0; i < result.length; i++) {
      int from = position.applyAsInt(i);
      result[i] = from < 0 ? 0 : values[from];
    }
    return new Float64Array(newSizes, result);
  }

  Float64Array stretched(int[] target) {
    return gather(target, i -> position(aligned(i, target)));
  }

  public Float64Array with(Float64Array other, DoubleBinaryOperator op) {
    int[] target = broadcast(sizes, other.sizes);
    double[] mine = stretched(target).values;
    double[] theirs = other.stretched(target).values;
    double[] result = new double[mine.length];
    Arrays.setAll(result, i -> op.applyAsDouble(mine[i], theirs[i]));
    return new Float64Array(target, result);
  }

  /** Result axis i is axis {@code axes[i]}. */
  Float64Array transposed(int... axes) {
    int[] target = Arrays.stream(axes).map(axis -> sizes[axis]).toArray();
    return gather(
        target,
        i -> {
          int[] there = coordinates(i, target);
          int[] here = new int[axes.length];
          for (int axis = 0; axis < axes.length; axis++) {
            here[axes[axis]] = there[axis];
          }
          return position(here);
        });
  }

  Float64Array withLastTwoSwapped() {
    int[] axes = new int[rank()];
    Arrays.setAll(axes, i -> i);
    axes[rank() - 1] = rank() - 2;
    axes[rank() - 2] = rank() - 1;
    return transposed(axes);
  }

  Float64Array times(Float64Array other) {
    int rows = size(-2);
    int inner = size(-1);
    int columns = other.size(-1);
    int[] outer =
        broadcast(Arrays.copyOf(sizes, rank() - 2), Arrays.copyOf(other.sizes, other.rank() - 2));
    double[] a = stretched(append(outer, rows, inner)).values;
    double[] b = other.stretched(append(outer, inner, columns)).values;
    double[] result = new double[elements(outer) * rows * columns];
    for (int i = 0; i < result.length; i++) {
      int matrix = i / (rows * columns);
      int row = i / columns % rows;
      for (int k = 0; k < inner; k++) {
        result[i] +=
            a[(matrix * rows + row) * inner + k] * b[(matrix * inner + k) * columns + i % columns];
      }
    }
    return new Float64Array(append(outer, rows, columns), result);
  }

  /** Over an axis, which stays with size 1. */
  Float64Array reduced(int axis, double start, DoubleBinaryOperator op) {
    int[] target = sizes.clone();
    target[axis] = 1;
    double[] result = new double[elements(target)];
    Arrays.fill(result, start);
    Float64Array array = new Float64Array(target, result);
    for (int i = 0; i < values.length; i++) {
      int[] at = coordinates(i, sizes);
      at[axis] = 0;
      int to = array.position(at);
      result[to] = op.applyAsDouble(result[to], values[i]);
    }
    return array;
  }

  /** Each value with those before it along an axis. */
  Float64Array cumulated(int axis) {
    double[] result = values.clone();
    for (int i = 0; i < result.length; i++) {
      int[] at = coordinates(i, sizes);
      if (at[axis] > 0) {
        at[axis]--;
        result[i] += result[position(at)];
      }
    }
    return new Float64Array(sizes, result);
  }

  /** Moved along an axis and cut or filled with zeros: element i comes from i + start. */
  Float64Array window(int axis, int start, int size) {
    int[] target = sizes.clone();
    target[axis] = size;
    return gather(
        target,
        i -> {
          int[] at = coordinates(i, target);
          at[axis] += start;
          return at[axis] < 0 || at[axis] >= sizes[axis] ? -1 : position(at);
        });
  }

  private int[] aligned(int index, int[] target) {
    int[] there = coordinates(index, target);
    int[] here = new int[rank()];
    for (int axis = 0; axis < here.length; axis++) {
      here[axis] = sizes[axis] == 1 ? 0 : there[axis + there.length - here.length];
    }
    return here;
  }

  private int position(int[] at) {
    int position = 0;
    for (int axis = 0; axis < rank(); axis++) {
      position = position * sizes[axis] + at[axis];
    }
    return position;
  }

  private static int[] coordinates(int index, int[] sizes) {
    int[] at = new int[sizes.length];
    int rest = index;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      at[axis] = rest % sizes[axis];
      rest /= sizes[axis];
    }
    return at;
  }

  private static int[] broadcast(int[] a, int[] b) {
    int[] result = new int[Math.max(a.length, b.length)];
    for (int fromEnd = 1; fromEnd <= result.length; fromEnd++) {
      int mine = fromEnd > a.length ? 1 : a[a.length - fromEnd];
      int theirs = fromEnd > b.length ? 1 : b[b.length - fromEnd];
      result[result.length - fromEnd] = mine == 1 ? theirs : mine;
    }
    return result;
  }

  private static int[] append(int[] outer, int rows, int columns) {
    int[] result = Arrays.copyOf(outer, outer.length + 2);
    result[outer.length] = rows;
    result[outer.length + 1] = columns;
    return result;
  }
}

package dev.freshet.adaptation.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The size of each axis of a {@link Tensor}. A scalar has none. */
public final class Shape {
  private final int[] sizes;

  private Shape(int[] sizes) {
    this.sizes = sizes;
  }

  public static Shape of(int... sizes) {
    long elements = 1;
    for (int size : sizes) {
      if (size < 0) {
        throw new IllegalArgumentException(
            "Shape " + Arrays.toString(sizes) + " has a negative size, expected 0 or more.");
      }
      elements *= size;
      if (elements > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Shape " + Arrays.toString(sizes) + " has more than 2^31 - 1 elements.");
      }
    }
    return new Shape(sizes.clone());
  }

  /** Number of axes. */
  public int rank() {
    return sizes.length;
  }

  public int size(int axis) {
    return sizes[axis];
  }

  public int elements() {
    int elements = 1;
    for (int size : sizes) {
      elements *= size;
    }
    return elements;
  }

  public int[] toArray() {
    return sizes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  @Override
  public String toString() {
    return Arrays.stream(sizes)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}

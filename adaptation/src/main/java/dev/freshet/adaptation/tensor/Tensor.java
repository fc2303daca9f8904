package dev.freshet.adaptation.tensor;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** An immutable float32 array with a shape, compared by value (bit for bit). Last axis fastest. */
public final class Tensor {
  private final Shape shape;
  private final float[] values;

  private Tensor(Shape shape, float[] values) {
    this.shape = shape;
    this.values = values;
  }

  /** Copies {@code values}. */
  public static Tensor of(Shape shape, float... values) {
    if (values.length != shape.elements()) {
      throw new IllegalArgumentException(
          "Tensor of shape "
              + shape
              + " needs "
              + shape.elements()
              + " values, got "
              + values.length
              + ".");
    }
    return new Tensor(shape, values.clone());
  }

  public static Tensor scalar(float value) {
    return new Tensor(Shape.of(), new float[] {value});
  }

  public static Tensor vector(float... values) {
    return of(Shape.of(values.length), values);
  }

  public static Tensor full(Shape shape, float value) {
    float[] values = new float[shape.elements()];
    Arrays.fill(values, value);
    return new Tensor(shape, values);
  }

  /** Reads as many values as the shape has from the buffer's position on. */
  public static Tensor read(Shape shape, FloatBuffer from) {
    float[] values = new float[shape.elements()];
    from.get(values);
    return new Tensor(shape, values);
  }

  public Shape shape() {
    return shape;
  }

  /** The value at a position in row-major order. */
  public float get(int index) {
    return values[index];
  }

  /** Writes all values at the buffer's position and moves it on. */
  public void writeTo(FloatBuffer to) {
    to.put(values);
  }

  public float[] toArray() {
    return values.clone();
  }

  /** False where a value is infinite or not a number. */
  public boolean isFinite() {
    // What is not finite stays NaN when multiplied by zero. Four sums: one would wait for itself.
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 3 < values.length; i += 4) {
      a += values[i] * 0f;
      b += values[i + 1] * 0f;
      c += values[i + 2] * 0f;
      d += values[i + 3] * 0f;
    }
    for (; i < values.length; i++) {
      a += values[i] * 0f;
    }
    return a + b + c + d == 0f;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor tensor
        && shape.equals(tensor.shape)
        && Arrays.equals(values, tensor.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    int shown = Math.min(values.length, 8);
    String tail = shown < values.length ? " …" : "";
    return "Tensor" + shape + Arrays.toString(Arrays.copyOf(values, shown)) + tail;
  }
}

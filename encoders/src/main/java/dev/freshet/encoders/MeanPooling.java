package dev.freshet.encoders;

import java.nio.FloatBuffer;

/**
 * The mean of the token vectors, scaled to unit length. In plain Java and in a fixed order, so that
 * the result does not hang on how a kernel splits its sums.
 */
final class MeanPooling {
  private MeanPooling() {}

  /**
   * @param tokenVectors row after row, {@code tokens * dimension} numbers from position 0
   */
  static float[] unitMean(FloatBuffer tokenVectors, int tokens, int dimension) {
    double[] sum = new double[dimension];
    for (int token = 0; token < tokens; token++) {
      int row = token * dimension;
      for (int i = 0; i < dimension; i++) {
        sum[i] += tokenVectors.get(row + i);
      }
    }
    return unit(sum);
  }

  /** The length of a sum and of its mean differ by a factor that scaling takes out again. */
  private static float[] unit(double[] sum) {
    double squares = 0;
    for (double value : sum) {
      squares += value * value;
    }
    if (!(squares > 0) || Double.isInfinite(squares)) {
      throw new IllegalStateException(
          "The encoder's token vectors have no direction: their sum has squared length "
              + squares
              + ", expected a positive number.");
    }
    double scale = 1 / Math.sqrt(squares);
    float[] unit = new float[sum.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (sum[i] * scale);
    }
    return unit;
  }
}

package dev.freshet.trainer.regression;

import java.util.Arrays;

/** Weights and biases of a fit. A way that had no row gets no probability. */
public final class FittedRegression {
  private final int ways;
  private final int[] waysPresent;
  private final double[] weights;
  private final double[] biases;
  private final boolean converged;

  FittedRegression(
      int ways, int[] waysPresent, double[] weights, double[] biases, boolean converged) {
    this.ways = ways;
    this.waysPresent = waysPresent;
    this.weights = weights;
    this.biases = biases;
    this.converged = converged;
  }

  static FittedRegression ofNothing(int ways) {
    return new FittedRegression(ways, new int[0], new double[0], new double[0], true);
  }

  /** Whether the fit is the best there is, or where the search gave up. */
  public boolean converged() {
    return converged;
  }

  /** For each way; all are equal where there was no row at all. */
  public double[] probabilities(float[] vector) {
    double[] probabilities = new double[ways];
    if (waysPresent.length == 0) {
      Arrays.fill(probabilities, 1.0 / ways);
      return probabilities;
    }
    double[] scores = biases.clone();
    for (int feature = 0; feature < vector.length; feature++) {
      int from = feature * scores.length;
      for (int i = 0; i < scores.length; i++) {
        scores[i] += vector[feature] * weights[from + i];
      }
    }
    Softmax.intoProbabilities(scores, 0);
    for (int i = 0; i < scores.length; i++) {
      probabilities[waysPresent[i]] = scores[i];
    }
    return probabilities;
  }

  /** The bias of a way that had rows. */
  double bias(int way) {
    return biases[Arrays.binarySearch(waysPresent, way)];
  }

  /** The weight of a feature for a way that had rows. */
  double weight(int feature, int way) {
    int position = Arrays.binarySearch(waysPresent, way);
    return weights[feature * waysPresent.length + position];
  }
}

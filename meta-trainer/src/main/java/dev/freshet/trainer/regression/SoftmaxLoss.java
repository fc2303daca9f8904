package dev.freshet.trainer.regression;

/**
 * Σ_i −log softmax(z_i W + b)[y_i] + ‖W‖² / (2 C), as a function of W and b: [dimensions × ways]
 * weights, then a bias for each way, which costs nothing.
 */
final class SoftmaxLoss implements SmoothFunction {
  private final double[][] rows;
  private final int[] wayOfRow;
  private final int dimensions;
  private final int ways;
  private final double constant;
  private final double[] scores;

  SoftmaxLoss(double[][] rows, int[] wayOfRow, int dimensions, int ways, double constant) {
    this.rows = rows;
    this.wayOfRow = wayOfRow;
    this.dimensions = dimensions;
    this.ways = ways;
    this.constant = constant;
    this.scores = new double[ways];
  }

  /** Weights and biases. */
  int parameters() {
    return (dimensions + 1) * ways;
  }

  @Override
  public double at(double[] parameters, double[] gradient) {
    int weights = dimensions * ways;
    double square = 0;
    for (int i = 0; i < weights; i++) {
      square += parameters[i] * parameters[i];
      gradient[i] = parameters[i] / constant;
    }
    for (int i = weights; i < gradient.length; i++) {
      gradient[i] = 0;
    }
    double loss = square / (2 * constant);
    for (int row = 0; row < rows.length; row++) {
      score(rows[row], parameters);
      loss -= Softmax.intoProbabilities(scores, wayOfRow[row]);
      scores[wayOfRow[row]] -= 1;
      pull(rows[row], gradient);
    }
    return loss;
  }

  private void score(double[] row, double[] parameters) {
    System.arraycopy(parameters, dimensions * ways, scores, 0, ways);
    for (int i = 0; i < dimensions; i++) {
      double value = row[i];
      int from = i * ways;
      for (int way = 0; way < ways; way++) {
        scores[way] += value * parameters[from + way];
      }
    }
  }

  /** The gradient grows by row × (probability − truth). */
  private void pull(double[] row, double[] gradient) {
    for (int i = 0; i < dimensions; i++) {
      double value = row[i];
      int from = i * ways;
      for (int way = 0; way < ways; way++) {
        gradient[from + way] += value * scores[way];
      }
    }
    int biases = dimensions * ways;
    for (int way = 0; way < ways; way++) {
      gradient[biases + way] += scores[way];
    }
  }
}

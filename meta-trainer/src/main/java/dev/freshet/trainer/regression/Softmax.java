package dev.freshet.trainer.regression;

/** exp(s_k) / Σ exp(s_j), without overflow. */
final class Softmax {
  private Softmax() {}

  /** Turns scores into probabilities in place; returns the logarithm of one of them. */
  static double intoProbabilities(double[] scores, int way) {
    double largest = scores[0];
    for (double score : scores) {
      largest = Math.max(largest, score);
    }
    double chosen = scores[way] - largest;
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.exp(scores[i] - largest);
      sum += scores[i];
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= sum;
    }
    return chosen - Math.log(sum);
  }
}

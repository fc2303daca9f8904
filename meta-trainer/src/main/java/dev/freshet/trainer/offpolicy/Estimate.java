package dev.freshet.trainer.offpolicy;

import dev.freshet.trainer.evaluation.StudentQuantile;

/**
 * A value a row.
 *
 * @param value the estimate
 * @param ci95 half the width of its 95 % interval
 */
public record Estimate(double value, double ci95) {
  /** The mean of independent terms, two at least, with Student's interval. */
  static Estimate ofMean(double[] terms) {
    double mean = 0;
    for (double term : terms) {
      mean += term / terms.length;
    }
    double squares = 0;
    for (double term : terms) {
      squares += (term - mean) * (term - mean);
    }
    int n = terms.length;
    double error = Math.sqrt(squares / (n - 1) / n);
    return new Estimate(mean, StudentQuantile.of(n - 1) * error);
  }

  /** Whether the interval has the number in it. */
  public boolean covers(double truth) {
    return Math.abs(value - truth) <= ci95;
  }
}

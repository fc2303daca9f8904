package dev.freshet.trainer.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * How far the probability of the best answer is from how often it is right: the expected
 * calibration error of Guo et al. (2017) over {@value #BINS} bins of equal width, Σ_b n_b / n ·
 * |accuracy_b − confidence_b|, with all questions of all episodes in one pot.
 */
final class Calibration {
  static final int BINS = 15;

  private final long[] queries = new long[BINS];
  private final long[] correct = new long[BINS];
  private final double[] confidence = new double[BINS];

  void add(double probability, boolean right) {
    int bin = Math.min(BINS - 1, (int) (probability * BINS));
    queries[bin]++;
    correct[bin] += right ? 1 : 0;
    confidence[bin] += probability;
  }

  double error() {
    double error = 0;
    long all = 0;
    for (int bin = 0; bin < BINS; bin++) {
      error += Math.abs(correct[bin] - confidence[bin]);
      all += queries[bin];
    }
    return all == 0 ? 0 : error / all;
  }

  /** Those that hold a question, from the least to the most confident. */
  List<Result.ReliabilityBin> bins() {
    List<Result.ReliabilityBin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      if (queries[bin] > 0) {
        double all = queries[bin];
        bins.add(
            new Result.ReliabilityBin(confidence[bin] / all, correct[bin] / all, queries[bin]));
      }
    }
    return bins;
  }
}

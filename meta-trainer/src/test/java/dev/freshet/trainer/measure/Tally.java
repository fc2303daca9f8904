package dev.freshet.trainer.measure;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Right answers, log loss and calibration, overall and by shots of the true label. */
final class Tally {
  private static final int BINS = 15;
  private static final double PROBABILITY_MIN = 1e-12;

  private long queries;
  private double correct;
  private double logLoss;
  private final double[] confidenceInBin = new double[BINS];
  private final double[] correctInBin = new double[BINS];
  private final Map<Integer, long[]> byShots = new TreeMap<>();

  void add(double[] probabilities, int truth, int shots) {
    int best = 0;
    for (int way = 1; way < probabilities.length; way++) {
      best = probabilities[way] > probabilities[best] ? way : best;
    }
    int right = best == truth ? 1 : 0;
    queries++;
    correct += right;
    logLoss -= Math.log(Math.max(PROBABILITY_MIN, probabilities[truth]));
    int bin = Math.min(BINS - 1, (int) (probabilities[best] * BINS));
    confidenceInBin[bin] += probabilities[best];
    correctInBin[bin] += right;
    long[] counts = byShots.computeIfAbsent(shots, unused -> new long[2]);
    counts[0]++;
    counts[1] += right;
  }

  long queries() {
    return queries;
  }

  double accuracyPercent() {
    return 100 * correct / queries;
  }

  double logLoss() {
    return logLoss / queries;
  }

  /** Expected calibration error, over 15 bins of equal width. */
  double calibrationErrorPercent() {
    double error = 0;
    for (int bin = 0; bin < BINS; bin++) {
      error += Math.abs(confidenceInBin[bin] - correctInBin[bin]);
    }
    return 100 * error / queries;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%6.2f %%  ECE %5.2f %%  log loss %.4f  by shots",
            accuracyPercent(),
            calibrationErrorPercent(),
            logLoss()));
    byShots.forEach(
        (shots, counts) ->
            text.append(
                String.format(Locale.ROOT, " %d:%.1f", shots, 100.0 * counts[1] / counts[0])));
    return text.toString();
  }
}

package dev.freshet.trainer.evaluation;

import dev.freshet.trainer.episode.Ways;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A row of the table.
 *
 * @param learner an entrant's or a yardstick's name
 * @param labels of the largest task: what {@code all} came to
 * @param names whether label names were part of the support
 * @param episodes on which the row rests; of a stream, tasks
 * @param queries in all of them
 * @param accuracy 0 to 1
 * @param ci95 half the width of its 95 % interval over episodes; empty for a single one
 * @param ece expected calibration error, {@value Calibration#BINS} bins of equal width, 0 to 1
 * @param logLoss mean of −log of the true label's probability
 * @param adaptMicros wall time a task of adapting in batches, on one thread; of a stream, the mean
 *     over all supports
 * @param reliability bins that hold a question
 */
public record Result(
    String learner,
    Ways ways,
    int labels,
    Shots shots,
    boolean names,
    int episodes,
    long queries,
    double accuracy,
    OptionalDouble ci95,
    double ece,
    double logLoss,
    double adaptMicros,
    List<ReliabilityBin> reliability) {

  /** Questions whose best answers had about the same probability. */
  public record ReliabilityBin(double confidence, double accuracy, long queries) {}

  public Result {
    reliability = List.copyOf(reliability);
  }
}

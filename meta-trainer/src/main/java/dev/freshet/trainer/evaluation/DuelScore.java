package dev.freshet.trainer.evaluation;

/**
 * What a duel found. Intervals are 95 %, over tasks.
 *
 * @param tasks that were judged
 * @param queries of all of them
 * @param challenger accuracy, 0 to 1
 * @param champion accuracy, 0 to 1
 * @param accuracyLead the challenger's accuracy less the champion's
 * @param logLossLead by how much the challenger's log loss is lower, per query
 */
public record DuelScore(
    int tasks,
    long queries,
    Measured challenger,
    Measured champion,
    Measured accuracyLead,
    Measured logLossLead) {

  /** A mean with half the width of its interval; of a single task, an interval without end. */
  public record Measured(double mean, double ci95) {
    static Measured of(Estimate estimate) {
      return new Measured(estimate.share(), estimate.halfWidth().orElse(Double.POSITIVE_INFINITY));
    }

    /** Whether the interval lies above zero. */
    public boolean isAboveNoise() {
      return mean > ci95;
    }

    /** Whether the interval lies below zero. */
    public boolean isBelowNoise() {
      return -mean > ci95;
    }
  }
}

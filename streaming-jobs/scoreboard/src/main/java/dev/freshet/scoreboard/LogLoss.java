package dev.freshet.scoreboard;

/**
 * The logarithmic loss of one answer, rounded to a multiple of 2^-24 nats.
 *
 * <p>Sums of such multiples are exact in a {@code double} up to 2^29 nats, so the published sum
 * does not depend on the order in which partitions are read: a recount in any order gives the same
 * bits. Rounding costs at most 3e-8 nats a query.
 */
final class LogLoss {
  private static final double STEPS_PER_NAT = 1 << 24;
  private static final double SCORE_MIN = 1e-6;

  private LogLoss() {}

  /**
   * @param score what the truth was given; below 1e-6, or not a number, it counts as 1e-6, and
   *     above 1 (a sum of rounded probabilities) as 1
   */
  static double of(double score) {
    double clamped = score > SCORE_MIN ? Math.min(score, 1) : SCORE_MIN;
    double nats = StrictMath.rint(-StrictMath.log(clamped) * STEPS_PER_NAT) / STEPS_PER_NAT;
    return nats + 0.0; // -0.0 becomes 0.0
  }
}

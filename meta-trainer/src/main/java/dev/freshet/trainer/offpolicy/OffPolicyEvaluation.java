package dev.freshet.trainer.offpolicy;

import java.util.ArrayList;
import java.util.List;

/** A target policy judged by the log of another one, by every estimator. */
public final class OffPolicyEvaluation {
  /** Weights are left as they are. */
  public static final double UNCLIPPED = Double.POSITIVE_INFINITY;

  private OffPolicyEvaluation() {}

  /**
   * One estimator's answer.
   *
   * @param policy name of the target policy
   * @param estimate value a row, with its interval
   * @param effectiveSample how many rows of the target policy itself the log's are worth
   * @param meanWeight 1 but for chance if the propensities are true and nothing was clipped
   * @param clippedShare of the rows whose weight was above the limit, 0 to 1
   */
  public record Line(
      String policy,
      Estimator estimator,
      Estimate estimate,
      double effectiveSample,
      double meanWeight,
      double clippedShare) {}

  /**
   * All estimates.
   *
   * @param weightMax weights above are taken for it, which lowers the variance and, for rewards
   *     above 0, the estimate as well; above 0, {@link #UNCLIPPED} for none
   * @throws UnusableLogException if the log has nothing that the policy would do
   */
  public static List<Line> estimates(BanditLog log, TargetPolicy policy, double weightMax) {
    if (!(weightMax > 0)) {
      throw new IllegalArgumentException(
          "The largest weight is " + weightMax + ", expected a number above 0.");
    }
    Weights weights = Weights.of(log, policy, weightMax);
    if (weights.sum() == 0) {
      throw new UnusableLogException(
          "Policy '%s' does nothing that log %s has: every weight is 0. Its actions are %s; check that both logs name the same actions."
              .formatted(policy.name(), log.name(), policy.actions()));
    }
    List<Line> lines = new ArrayList<>();
    for (Estimator estimator : Estimator.values()) {
      lines.add(
          new Line(
              policy.name(),
              estimator,
              estimator.estimate(log, policy, weights),
              weights.effectiveSample(),
              weights.sum() / weights.size(),
              weights.clippedShare()));
    }
    return lines;
  }
}

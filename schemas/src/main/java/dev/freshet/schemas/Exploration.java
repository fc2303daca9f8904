package dev.freshet.schemas;

/**
 * How the first of the ranked items is chosen; the prediction tells with what probability.
 *
 * @param epsilon share of the choices of {@link Policy#EPSILON} that are made at random, 0 to 1
 */
public record Exploration(Policy policy, double epsilon) {
  /** The rules there are. */
  public enum Policy {
    /** The best. */
    GREEDY,
    /** The best, or with probability epsilon any. */
    EPSILON,
    /** Each as often as it may be the best, by the posterior of the head. */
    THOMPSON
  }

  public Exploration {
    Require.that(epsilon >= 0 && epsilon <= 1, "epsilon is %s, expected 0 to 1", epsilon);
  }
}

package dev.freshet.adaptation.exploration;

/**
 * A candidate that was chosen.
 *
 * @param candidate its place among the candidates, from 0
 * @param propensity the probability with which the policy chooses it; above 0, at most 1
 */
public record Choice(int candidate, double propensity) {
  public Choice {
    if (candidate < 0 || !(propensity > 0) || propensity > 1) {
      throw new IllegalArgumentException(
          "Choice of candidate %d has propensity %s, expected a place from 0 and a propensity above 0, at most 1."
              .formatted(candidate, propensity));
    }
  }
}

package dev.freshet.adaptation.exploration;

import java.util.Arrays;

/**
 * The best candidate, but with probability ε any of them, the best among them (Sutton and Barto:
 * Reinforcement Learning, 2nd edition, 2018, 2.2): ε / n each, and 1 − ε more for the best.
 *
 * @param epsilon 0 (greedy) to 1 (uniform)
 */
public record EpsilonPolicy(double epsilon) implements ChoicePolicy {
  public EpsilonPolicy {
    if (!(epsilon >= 0) || epsilon > 1) {
      throw new IllegalArgumentException(
          "epsilon is " + epsilon + ", expected 0 (always the best) to 1 (any).");
    }
  }

  @Override
  public String name() {
    return "epsilon";
  }

  @Override
  public double[] propensities(Beliefs beliefs) {
    double[] propensities = new double[beliefs.candidates()];
    Arrays.fill(propensities, epsilon / propensities.length);
    propensities[GreedyPolicy.best(beliefs)] += 1 - epsilon;
    return propensities;
  }
}

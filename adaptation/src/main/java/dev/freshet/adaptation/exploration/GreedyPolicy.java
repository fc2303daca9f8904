package dev.freshet.adaptation.exploration;

/** The candidate with the highest mean, always; of equals the first. */
public record GreedyPolicy() implements ChoicePolicy {
  @Override
  public String name() {
    return "greedy";
  }

  @Override
  public double[] propensities(Beliefs beliefs) {
    double[] propensities = new double[beliefs.candidates()];
    propensities[best(beliefs)] = 1;
    return propensities;
  }

  static int best(Beliefs beliefs) {
    int best = 0;
    for (int i = 1; i < beliefs.candidates(); i++) {
      if (beliefs.mean(i) > beliefs.mean(best)) {
        best = i;
      }
    }
    return best;
  }
}

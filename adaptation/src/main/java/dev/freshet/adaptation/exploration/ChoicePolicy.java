package dev.freshet.adaptation.exploration;

/** A rule by which one of some candidates is chosen, with known probabilities. */
public interface ChoicePolicy {
  /** What it is called in the log. */
  String name();

  /** The probability of each candidate; they sum to 1, but for rounding. */
  double[] propensities(Beliefs beliefs);

  /**
   * Chooses by the propensities themselves (the first candidate at which their running sum exceeds
   * the seed's number), so that the logged propensity is the one the draw was made with.
   */
  default Choice choose(Beliefs beliefs, DrawSeed seed) {
    double[] propensities = propensities(beliefs);
    double drawn = seed.uniform();
    double sum = 0;
    int chosen = 0;
    for (int i = 0; i < propensities.length; i++) {
      if (propensities[i] > 0) {
        // The last of them also takes what rounding left of the sum.
        chosen = i;
        sum += propensities[i];
        if (drawn < sum) {
          break;
        }
      }
    }
    return new Choice(chosen, Math.min(1, propensities[chosen]));
  }
}

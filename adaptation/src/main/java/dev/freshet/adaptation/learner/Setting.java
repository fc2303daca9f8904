package dev.freshet.adaptation.learner;

/**
 * A number that a learner can be built with, its range and default together.
 *
 * @param name camelCase, as in release.json
 * @param meaning one sentence
 */
public record Setting(
    String name, double minimum, double maximum, double defaultValue, String meaning) {
  public Setting {
    if (!(minimum <= defaultValue && defaultValue <= maximum)) {
      throw new IllegalArgumentException(
          "Setting '"
              + name
              + "' has the default "
              + defaultValue
              + ", expected within "
              + minimum
              + " to "
              + maximum
              + ".");
    }
  }

  /** The default, or as much as there is where that is less; never below the minimum. */
  double defaultWithin(int most) {
    return Math.max(minimum, Math.min(most, defaultValue));
  }

  boolean allows(double value) {
    return minimum <= value && value <= maximum;
  }
}

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

  boolean allows(double value) {
    return minimum <= value && value <= maximum;
  }
}

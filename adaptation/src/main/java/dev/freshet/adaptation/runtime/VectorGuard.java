package dev.freshet.adaptation.runtime;

/** Keeps vectors that would spoil a batch, or overflow when squared, out of it. */
final class VectorGuard {
  /**
   * About 1e15. Its square stays a float when multiplied by up to 2^27: the number of features
   * times the square of a prototype's temperature.
   */
  static final float MAGNITUDE_MAX = 0x1p50f;

  private VectorGuard() {}

  static void check(String what, float[] vector) {
    int bad = 0;
    for (float value : vector) {
      bad += isGood(value) ? 0 : 1;
    }
    if (bad > 0) {
      throw refused(what, vector);
    }
  }

  /** False for NaN too. */
  static boolean isGood(float value) {
    return Math.abs(value) <= MAGNITUDE_MAX;
  }

  private static IllegalArgumentException refused(String what, float[] vector) {
    int at = 0;
    while (isGood(vector[at])) {
      at++;
    }
    return new IllegalArgumentException(
        "%s is %s at feature %d, expected finite numbers of at most %s."
            .formatted(what, vector[at], at, MAGNITUDE_MAX));
  }
}

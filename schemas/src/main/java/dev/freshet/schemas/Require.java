package dev.freshet.schemas;

/** Checks of the values that records are made of. */
final class Require {
  static final int ID_CHARACTERS_MAX = 256;

  private Require() {}

  static void that(boolean condition, String message, Object... args) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(message, args));
    }
  }

  /**
   * A name that people type and logs print: neither empty nor holding control characters, nor half
   * of a surrogate pair, which UTF-8 cannot say, so that two names would become one.
   */
  static void text(String what, String value, int charactersMax) {
    that(!value.isBlank(), "%s is empty", what);
    if (value.length() > charactersMax) {
      throw new IllegalArgumentException(
          String.format(
              "%s has %d characters, at most %d are allowed", what, value.length(), charactersMax));
    }
    that(!holdsControl(value), "%s '%s' holds a control character", what, value);
    that(!holdsHalfAPair(value), "%s '%s' holds half of a surrogate pair", what, value);
  }

  /** A plain loop: this runs for every name of every event. */
  private static boolean holdsControl(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean holdsHalfAPair(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))) {
        boolean pair =
            i + 1 < value.length()
                && Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  static void id(String what, String value) {
    text(what, value, ID_CHARACTERS_MAX);
  }
}

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

  /** A name that people type and logs print: neither empty nor holding control characters. */
  static void text(String what, String value, int charactersMax) {
    that(!value.isBlank(), "%s is empty", what);
    that(
        value.length() <= charactersMax,
        "%s has %d characters, at most %d are allowed",
        what,
        value.length(),
        charactersMax);
    that(
        value.chars().noneMatch(Character::isISOControl),
        "%s '%s' holds a control character",
        what,
        value);
  }

  static void id(String what, String value) {
    text(what, value, ID_CHARACTERS_MAX);
  }
}

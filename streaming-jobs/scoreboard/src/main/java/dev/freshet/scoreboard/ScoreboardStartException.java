package dev.freshet.scoreboard;

/** The scoreboard cannot start here; says what, where, expected, got, and what to do. */
public final class ScoreboardStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScoreboardStartException(String message) {
    super(message);
  }

  ScoreboardStartException(String message, Throwable cause) {
    super(message, cause);
  }
}

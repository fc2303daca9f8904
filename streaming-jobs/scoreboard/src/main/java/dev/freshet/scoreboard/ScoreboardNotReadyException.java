package dev.freshet.scoreboard;

/** The scores cannot be read at the moment: the stores are being restored or have moved. */
public final class ScoreboardNotReadyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScoreboardNotReadyException(String message) {
    super(message);
  }

  ScoreboardNotReadyException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.freshet.trainer.corpus;

/** What was trained on is among what is judged on. The message says what, and where. */
public final class LeakException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public LeakException(String message) {
    super(message);
  }
}

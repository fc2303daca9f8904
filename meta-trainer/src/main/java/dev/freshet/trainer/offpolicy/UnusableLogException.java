package dev.freshet.trainer.offpolicy;

/** A log from which nothing can be estimated. The message says what to change. */
public final class UnusableLogException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public UnusableLogException(String message) {
    super(message);
  }

  public UnusableLogException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.freshet.trainer.ratings;

/** Ratings that nothing can be learned from, or judged on. The message says what to change. */
public final class UnusableRatingsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public UnusableRatingsException(String message) {
    super(message);
  }

  public UnusableRatingsException(String message, Throwable cause) {
    super(message, cause);
  }
}

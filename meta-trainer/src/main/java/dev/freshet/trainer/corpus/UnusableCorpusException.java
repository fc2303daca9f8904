package dev.freshet.trainer.corpus;

/** A corpus from which no task can be made. The message says what to change. */
public final class UnusableCorpusException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnusableCorpusException(String message) {
    super(message);
  }

  public UnusableCorpusException(String message, Throwable cause) {
    super(message, cause);
  }
}

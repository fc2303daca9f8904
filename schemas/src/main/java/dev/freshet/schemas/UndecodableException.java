package dev.freshet.schemas;

/** Bytes that are no record of the expected kind; says why, for the log of rejected events. */
public final class UndecodableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RejectionReason reason;

  UndecodableException(RejectionReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  UndecodableException(RejectionReason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public RejectionReason reason() {
    return reason;
  }
}

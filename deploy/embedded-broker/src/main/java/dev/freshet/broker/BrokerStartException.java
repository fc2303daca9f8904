package dev.freshet.broker;

import java.net.BindException;

/** The broker cannot start; the message says where it was to listen, and why not. */
public final class BrokerStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokerStartException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether another program listens at one of its ports. */
  public boolean isAddressInUse() {
    return EmbeddedBroker.rootCause(this) instanceof BindException;
  }
}

package dev.freshet.standalone.console;

import org.jspecify.annotations.Nullable;

/** A command cannot go on. The message is for the person who typed it. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Exit exit;

  public CommandFailure(Exit exit, String message) {
    super(message);
    this.exit = exit;
  }

  public CommandFailure(Exit exit, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exit = exit;
  }

  public Exit exit() {
    return exit;
  }
}

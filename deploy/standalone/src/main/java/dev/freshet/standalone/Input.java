package dev.freshet.standalone;

import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import java.util.function.Supplier;

/** What was typed, as values that are right, or a usage error that says why not. */
final class Input {
  private Input() {}

  /** Builds a value whose constructor checks it. */
  static <T> T checked(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(Exit.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  static CommandFailure misuse(String message) {
    return new CommandFailure(Exit.USAGE, message);
  }
}

package dev.freshet.standalone;

import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.runtime.Engine;
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

  /**
   * A device, before anything waits for it or is started. What {@code auto} comes to is said where
   * it is used.
   *
   * @throws CommandFailure with {@link Exit#FAILED} and the reason if it cannot be used
   */
  static Device usable(Device device) {
    try {
      if (device == Device.CUDA) {
        Engine.of(device);
      }
      return device;
    } catch (IllegalStateException e) {
      throw new CommandFailure(Exit.FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  static CommandFailure misuse(String message) {
    return new CommandFailure(Exit.USAGE, message);
  }
}

package dev.freshet.standalone.console;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** How long a command looks for something that takes a time of its own. */
public record Patience(Duration limit) {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  public static Patience ofSeconds(long seconds) {
    return new Patience(Duration.ofSeconds(seconds));
  }

  /**
   * Looks until it is so.
   *
   * @return whether it is; false after a last look at the end of the time
   */
  public boolean until(BooleanSupplier isSo) {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean last = false;
    while (!isSo.getAsBoolean()) {
      if (last) {
        return false;
      }
      pause(BETWEEN_LOOKS);
      // A machine that stood still must not make a verdict of a look from before.
      last = System.nanoTime() >= deadline;
    }
    return true;
  }

  public long seconds() {
    return limit.toSeconds();
  }

  /**
   * Does nothing for a while.
   *
   * @throws CommandFailure with {@link Exit#INTERRUPTED} if it is interrupted
   */
  public static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(Exit.INTERRUPTED, "Interrupted.", e);
    }
  }
}

package dev.freshet.standalone;

import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A command that runs until SIGINT or SIGTERM, and what it does before the process ends. The JVM
 * waits for that, and ends with the status of the signal.
 */
final class UntilInterrupted implements AutoCloseable {
  private static final int CHECK_SECONDS = 2;

  private final CountDownLatch never = new CountDownLatch(1);
  private final Thread hook = new Thread(this::sayFarewell, "freshet-farewell");
  private volatile Runnable farewell = () -> {};
  private volatile boolean ending;

  UntilInterrupted() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  void beforeExit(Runnable action) {
    farewell = action;
  }

  /** Whether a signal has come and the farewell is being said. */
  boolean isEnding() {
    return ending;
  }

  /** Returns only when {@code alive} no longer holds. */
  void await(BooleanSupplier alive) {
    try {
      while (alive.getAsBoolean()) {
        if (never.await(CHECK_SECONDS, TimeUnit.SECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(Exit.INTERRUPTED, "Interrupted.", e);
    }
  }

  /**
   * An orderly end needs no farewell. Once the farewell has begun there is no other end: what fails
   * beside it, fails because of it, and nobody is to hear of that.
   */
  @Override
  public void close() {
    if (ending) {
      await(() -> true);
    }
    farewell = () -> {};
  }

  private void sayFarewell() {
    ending = true;
    farewell.run();
  }
}

package dev.freshet.standalone.refresh;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refreshes on a timer. One that fails is told of, and does not keep the next from coming. */
public final class RefreshLoop {
  private static final Logger log = LoggerFactory.getLogger(RefreshLoop.class);

  private final Supplier<RefreshDocument> refresh;
  private final Duration every;
  private final Consumer<RefreshDocument> done;
  private final Consumer<String> failed;

  /**
   * Prepares.
   *
   * @param every from the beginning of one to that of the next, or at once where one took longer
   * @param failed told why, in a line
   */
  public RefreshLoop(
      Supplier<RefreshDocument> refresh,
      Duration every,
      Consumer<RefreshDocument> done,
      Consumer<String> failed) {
    this.refresh = refresh;
    this.every = every;
    this.done = done;
    this.failed = failed;
  }

  /** Begins at once; returns when its thread is interrupted. */
  public void runUntilInterrupted() {
    while (!Thread.currentThread().isInterrupted()) {
      long next = System.nanoTime() + every.toNanos();
      refreshOnce();
      try {
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void refreshOnce() {
    try {
      RefreshDocument document = refresh.get();
      log.info("Refresh: {}, {}", document.decision(), document.reason());
      done.accept(document);
    } catch (RuntimeException e) {
      log.warn("A refresh failed; the next one comes", e);
      failed.accept("a refresh failed, the next one comes: " + e.getMessage());
    }
  }
}

package dev.freshet.job.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;

/** How long a test waits for what is sure to come, however slow the machine. */
public final class Patience {
  private static final Duration MAX = Duration.ofSeconds(90);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private Patience() {}

  public static void await(String what, Callable<Boolean> reached) throws Exception {
    long deadlineNanos = System.nanoTime() + MAX.toNanos();
    while (!reached.call()) {
      assertThat(System.nanoTime()).as("%s within %s", what, MAX).isLessThan(deadlineNanos);
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
  }
}

package dev.freshet.broker;

import java.util.function.Supplier;
import org.apache.kafka.common.utils.Exit;

/**
 * A start of Kafka that throws when it fails. By itself Kafka's controller ends the whole process
 * when its port is taken, and says why in the log alone.
 *
 * <p>What fails on another thread than the starting one ends the process as ever: nobody could
 * catch it.
 */
final class SparedProcess {
  private SparedProcess() {}

  /** Kafka knows one way to end for a whole process; hence one start at a time. */
  static synchronized <T> T during(Supplier<T> start) {
    Thread starting = Thread.currentThread();
    Exit.setExitProcedure(
        (status, message) -> {
          if (Thread.currentThread() != starting) {
            Runtime.getRuntime().exit(status);
          }
        });
    Exit.setHaltProcedure(
        (status, message) -> {
          if (Thread.currentThread() != starting) {
            Runtime.getRuntime().halt(status);
          }
        });
    try {
      return start.get();
    } finally {
      Exit.resetExitProcedure();
      Exit.resetHaltProcedure();
    }
  }
}

package dev.freshet.job.testing;

import dev.freshet.job.log.LoggedEvent;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A producer that appends events evenly on a thread of its own, whatever else happens. */
public final class Load implements AutoCloseable {
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final CompletableFuture<Void> done;

  /** Starts at once, and goes on until it is closed. */
  public Load(KafkaLog kafka, Stream<LoggedEvent> endless, int perSecond) {
    long pauseNanos = Duration.ofSeconds(1).toNanos() / perSecond;
    done =
        CompletableFuture.runAsync(
            () -> {
              Iterator<LoggedEvent> events = endless.iterator();
              long next = System.nanoTime();
              while (!stopped.get()) {
                append(kafka, events.next());
                next += pauseNanos;
                LockSupport.parkNanos(next - System.nanoTime());
              }
            });
  }

  /** Returns when the broker has the last event; fails if it did not take one. */
  @Override
  public void close() {
    stopped.set(true);
    done.join();
  }

  private void append(KafkaLog kafka, LoggedEvent event) {
    try {
      kafka.append(List.of(event));
    } catch (ExecutionException e) {
      throw new IllegalStateException("The broker did not take an event", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The load was interrupted", e);
    }
  }
}

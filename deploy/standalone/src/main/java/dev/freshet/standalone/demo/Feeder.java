package dev.freshet.standalone.demo;

import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.standalone.broker.BrokerLink;
import dev.freshet.standalone.log.EventWriter;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Appends a stream of events to the log at a steady rate, on a thread of its own. After a pause of
 * this process it goes on at the same rate: to make up for it in a burst would measure a queue.
 */
public final class Feeder implements AutoCloseable {
  private static final long LATE_NANOS_MAX = 20_000_000;

  private final EventWriter writer;
  private final Iterator<? extends TaskEvent> events;
  private final long nanosPerEvent;
  private final AtomicLong queries = new AtomicLong();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Thread thread = new Thread(this::feed, "freshet-demo-feeder");
  private volatile Optional<RuntimeException> failure = Optional.empty();

  /** Of a stream, at a steady rate. */
  public Feeder(BrokerLink broker, Iterator<? extends TaskEvent> events, int eventsPerSecond) {
    this.writer = new EventWriter(broker);
    this.events = events;
    this.nanosPerEvent = 1_000_000_000L / eventsPerSecond;
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Queries appended so far. */
  public long queries() {
    return queries.get();
  }

  public boolean isDone() {
    return !thread.isAlive();
  }

  /** Fails if the log did not take what it was given. */
  public void requireNoFailure() {
    failure.ifPresent(
        cause -> {
          throw new IllegalStateException("The stream of tasks broke off: " + cause, cause);
        });
  }

  private void feed() {
    try {
      long next = System.nanoTime();
      while (events.hasNext() && !stopped.get()) {
        TaskEvent event = events.next();
        pauseUntil(next);
        next = Math.max(next, System.nanoTime() - LATE_NANOS_MAX) + nanosPerEvent;
        writer.appendOrFailLater(event);
        writer.requireNoFailure();
        if (event instanceof QueryAsked) {
          queries.incrementAndGet();
        }
      }
      // All of it, in every partition: it is counted as soon as this thread has ended.
      writer.flush();
    } catch (RuntimeException e) {
      failure = Optional.of(e);
    }
  }

  private void pauseUntil(long nanoTime) {
    long left = nanoTime - System.nanoTime();
    while (left > 0 && !stopped.get()) {
      LockSupport.parkNanos(left);
      left = nanoTime - System.nanoTime();
    }
  }

  @Override
  public void close() {
    stopped.set(true);
    LockSupport.unpark(thread);
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.close();
  }
}

package dev.freshet.job;

import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.testing.KafkaLog;
import dev.freshet.job.testing.Patience;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Appends an endless history in pieces, the next one after the job has completed a checkpoint: on
 * machines of any speed checkpoints fall between the events, and events follow each checkpoint.
 */
final class PacedHistory {
  private static final int EVENTS_OF_A_PIECE = 20;

  private final KafkaLog kafka;
  private final Iterator<LoggedEvent> events;

  PacedHistory(KafkaLog kafka, Stream<LoggedEvent> events) {
    this.kafka = kafka;
    this.events = events.iterator();
  }

  /**
   * Until the operator has failed that often. Nothing is asked in between: failures are to come
   * before timers have made up for what a checkpoint forgot.
   */
  void appendThroughFailures(int failures) throws Exception {
    FailingOperator.failuresLeft.set(failures);
    Patience.await(
        "every failure",
        () -> {
          append();
          return FailingOperator.failuresLeft.get() == 0;
        });
  }

  void append(int pieces) throws Exception {
    for (int i = 0; i < pieces; i++) {
      append();
    }
  }

  void append() throws Exception {
    List<LoggedEvent> piece = new ArrayList<>();
    while (piece.size() < EVENTS_OF_A_PIECE) {
      piece.add(events.next());
    }
    kafka.append(piece);
    int before = FailingOperator.checkpoints.get();
    Patience.await("a checkpoint", () -> FailingOperator.checkpoints.get() > before);
  }
}

package dev.freshet.standalone.load.readers;

import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.standalone.log.EventWriter;
import java.time.Duration;

/**
 * Appends events, and waits where the job is too far behind: else versions of the item table, which
 * the job appends, would come after all events that they are to be seen by.
 */
final class Feed {
  private static final int AHEAD_MAX = 4_000;
  private static final int LOOK_EVERY = 256;
  private static final Duration SILENCE_MAX = Duration.ofMinutes(2);

  private final EventWriter writer;
  private final Answers answers;
  private final JobProcess job;
  private long events;
  private int queries;

  Feed(EventWriter writer, Answers answers, JobProcess job) {
    this.writer = writer;
    this.answers = answers;
    this.job = job;
  }

  void append(TaskEvent.OfTask event) {
    writer.appendOrFailLater(event);
    events++;
    if (event instanceof QueryAsked) {
      queries++;
    }
    if (events % LOOK_EVERY == 0) {
      answers.take(Duration.ZERO);
      awaitUnanswered(AHEAD_MAX);
    }
  }

  /** Returns when every query asked so far is answered. */
  void awaitAll() {
    writer.flush();
    awaitUnanswered(0);
  }

  private void awaitUnanswered(int most) {
    long lastProgress = System.nanoTime();
    int before = answers.count();
    while (queries - answers.count() > most) {
      answers.take(Duration.ofMillis(50));
      if (answers.count() > before) {
        before = answers.count();
        lastProgress = System.nanoTime();
      } else if (System.nanoTime() - lastProgress > SILENCE_MAX.toNanos()) {
        throw new CommandFailure(
            Exit.INCOMPLETE,
            "Only "
                + before
                + " of "
                + queries
                + " queries were answered, and none for "
                + SILENCE_MAX.toSeconds()
                + " s: "
                + job.failure());
      }
    }
  }

  long events() {
    return events;
  }

  int queries() {
    return queries;
  }
}

package dev.freshet.trainer.taskstream;

import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.TaskEvent;
import java.util.Optional;

/**
 * One event of the stream.
 *
 * @param truth of a query, the id of its label; empty for any other event
 */
public record Step(TaskEvent.OfTask event, Optional<String> truth) {
  public Step {
    if (event instanceof QueryAsked != truth.isPresent()) {
      throw new IllegalArgumentException(
          "A query has a truth and nothing else has; got " + truth + " for " + event + ".");
    }
  }

  static Step of(TaskEvent.OfTask event) {
    return new Step(event, Optional.empty());
  }

  static Step query(QueryAsked event, String truth) {
    return new Step(event, Optional.of(truth));
  }
}

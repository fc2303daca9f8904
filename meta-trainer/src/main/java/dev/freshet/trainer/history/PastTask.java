package dev.freshet.trainer.history;

import dev.freshet.schemas.Features;
import dev.freshet.schemas.Label;
import java.util.List;

/**
 * What is in force of a task, or was when it was closed.
 *
 * @param labels that have a name, the latest one, in the order in which they were first named
 * @param rows in the order of the log; some may be of labels that nobody named
 */
public record PastTask(String task, List<Label> labels, List<Row> rows) {

  /**
   * An example, or a query with its truth.
   *
   * @param label id of the true label
   * @param timestampMillis when the log learned of it
   */
  public record Row(String label, Features features, long timestampMillis) {}

  public PastTask {
    labels = List.copyOf(labels);
    rows = List.copyOf(rows);
  }
}

package dev.freshet.trainer.training;

import dev.freshet.adaptation.runtime.SupportVector;
import java.util.List;

/**
 * A support with its label names, and queries to judge what was made of it.
 *
 * @param names of the labels, a way each
 * @param examples in the order of the log; some labels may have none
 * @param queries at least one, with their true ways
 */
public record TrainingTask(List<SupportVector> names, List<Row> examples, List<Row> queries) {

  /** A vector and the way it belongs to. */
  public record Row(int way, SupportVector vector) {}

  public TrainingTask {
    names = List.copyOf(names);
    examples = List.copyOf(examples);
    queries = List.copyOf(queries);
    if (names.size() < 2 || queries.isEmpty()) {
      throw new IllegalArgumentException(
          "A task to train on has %d labels and %d queries, expected at least 2 and 1."
              .formatted(names.size(), queries.size()));
    }
    requireWays(examples, names.size());
    requireWays(queries, names.size());
  }

  int ways() {
    return names.size();
  }

  int rows() {
    return names.size() + examples.size();
  }

  private static void requireWays(List<Row> rows, int ways) {
    for (Row row : rows) {
      if (row.way() < 0 || row.way() >= ways) {
        throw new IllegalArgumentException(
            "A row is of way %d, expected 0 to %d.".formatted(row.way(), ways - 1));
      }
    }
  }
}

package dev.freshet.trainer.training;

import dev.freshet.adaptation.runtime.SupportVector;
import java.util.List;

/**
 * A support with its label names, and queries to judge what was made of it. Where targets are
 * numbers there are no names, and one way.
 *
 * @param names of the labels, a way each; none where targets are numbers
 * @param examples in the order of the log; some labels may have none
 * @param queries at least one, with their true ways or numbers
 */
public record TrainingTask(List<SupportVector> names, List<Row> examples, List<Row> queries) {

  /**
   * A vector and what it shows.
   *
   * @param way the label it belongs to; 0 where targets are numbers
   * @param target 1 of its label, or the number
   */
  public record Row(int way, float target, SupportVector vector) {
    public Row(int way, SupportVector vector) {
      this(way, 1f, vector);
    }

    /** Of a task whose targets are numbers. */
    public static Row scored(float number, SupportVector vector) {
      return new Row(0, number, vector);
    }
  }

  public TrainingTask {
    names = List.copyOf(names);
    examples = List.copyOf(examples);
    queries = List.copyOf(queries);
    if (names.size() == 1 || queries.isEmpty()) {
      throw new IllegalArgumentException(
          "A task to train on has %d labels and %d queries, expected none, or at least 2, and 1."
              .formatted(names.size(), queries.size()));
    }
    requireWays(examples, Math.max(1, names.size()));
    requireWays(queries, Math.max(1, names.size()));
  }

  /** A task whose targets are numbers. */
  public static TrainingTask scored(List<Row> examples, List<Row> queries) {
    return new TrainingTask(List.of(), examples, queries);
  }

  int ways() {
    return Math.max(1, names.size());
  }

  int features() {
    return queries.get(0).vector().features();
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

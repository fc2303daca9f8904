package dev.freshet.trainer.history;

/**
 * How much of a lineage is remembered. The oldest goes first, by the log's time, and is counted.
 *
 * @param tasksMax tasks, over or not; the one that was silent for longest goes
 * @param rowsMax rows of all tasks; the task that was silent for longest goes
 * @param rowsPerLabelMax rows of one label of one task
 * @param queriesPerTaskMax queries of a task that wait for their outcome
 */
public record HistoryLimits(int tasksMax, int rowsMax, int rowsPerLabelMax, int queriesPerTaskMax) {
  /**
   * Of texts some tens of MB. Of vectors with 384 numbers 160 MB of rows, and as much again where
   * 1,500 tasks have as many queries waiting as they may.
   */
  public static final HistoryLimits DEFAULT = new HistoryLimits(5_000, 100_000, 200, 64);

  public HistoryLimits {
    require("tasksMax", tasksMax);
    require("rowsMax", rowsMax);
    require("rowsPerLabelMax", rowsPerLabelMax);
    require("queriesPerTaskMax", queriesPerTaskMax);
  }

  private static void require(String what, int value) {
    if (value < 1 || value > 10_000_000) {
      throw new IllegalArgumentException(
          "%s is %d, expected 1 to 10000000.".formatted(what, value));
    }
  }
}

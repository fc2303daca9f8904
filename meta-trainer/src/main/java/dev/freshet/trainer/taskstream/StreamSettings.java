package dev.freshet.trainer.taskstream;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a stream of tasks is like.
 *
 * @param lineage whom the events speak to
 * @param taskPrefix tasks are called by it and their number: {@code demo-0003}
 * @param ways labels of a task
 * @param shotsMax examples of a label, at the end of its task
 * @param tasks how many; empty for a stream without end
 * @param tasksAtOnce how many are under way at a time, taking turns
 * @param seed decides everything else
 * @param heads the heads every query names; empty for the release's defaults
 * @param retractionShare how often an example is followed by the retraction of an earlier one
 */
public record StreamSettings(
    String lineage,
    String taskPrefix,
    int ways,
    int shotsMax,
    OptionalInt tasks,
    int tasksAtOnce,
    long seed,
    List<String> heads,
    double retractionShare,
    OutcomeHabits outcomes) {
  /** The largest support that a task's policy may keep. */
  private static final int EXAMPLES_MAX = 10_000;

  private static final int WAYS_MAX = 1_024;

  /** Unlimited retraction would never let a task end. */
  private static final double RETRACTION_SHARE_MAX = 0.5;

  public StreamSettings {
    heads = List.copyOf(heads);
    requireBetween("ways", ways, 2, WAYS_MAX);
    requireBetween("shotsMax", shotsMax, 1, EXAMPLES_MAX / ways);
    tasks.ifPresent(count -> requireBetween("tasks", count, 1, Integer.MAX_VALUE));
    requireBetween("tasksAtOnce", tasksAtOnce, 1, 100_000);
    requireShare("retractionShare", retractionShare);
    if (retractionShare > RETRACTION_SHARE_MAX) {
      throw new IllegalArgumentException(
          "retractionShare is " + retractionShare + ", expected at most " + RETRACTION_SHARE_MAX);
    }
  }

  /** Tasks of five labels with ten examples each, four at a time, without end. */
  public static StreamSettings of(String lineage, long seed) {
    return new StreamSettings(
        lineage,
        "demo",
        5,
        10,
        OptionalInt.empty(),
        4,
        seed,
        List.of(),
        0.02,
        OutcomeHabits.DEFAULT);
  }

  public StreamSettings withTaskPrefix(String prefix) {
    return new StreamSettings(
        lineage,
        prefix,
        ways,
        shotsMax,
        tasks,
        tasksAtOnce,
        seed,
        heads,
        retractionShare,
        outcomes);
  }

  /** Tasks of so many labels with so many examples each. */
  public StreamSettings withSize(int newWays, int newShotsMax) {
    return new StreamSettings(
        lineage,
        taskPrefix,
        newWays,
        newShotsMax,
        tasks,
        tasksAtOnce,
        seed,
        heads,
        retractionShare,
        outcomes);
  }

  public StreamSettings withTasks(int count) {
    return new StreamSettings(
        lineage,
        taskPrefix,
        ways,
        shotsMax,
        OptionalInt.of(count),
        tasksAtOnce,
        seed,
        heads,
        retractionShare,
        outcomes);
  }

  public StreamSettings withTasksAtOnce(int atOnce) {
    return new StreamSettings(
        lineage, taskPrefix, ways, shotsMax, tasks, atOnce, seed, heads, retractionShare, outcomes);
  }

  public StreamSettings withHeads(List<String> names) {
    return new StreamSettings(
        lineage,
        taskPrefix,
        ways,
        shotsMax,
        tasks,
        tasksAtOnce,
        seed,
        names,
        retractionShare,
        outcomes);
  }

  public StreamSettings withRetractionShare(double share) {
    return new StreamSettings(
        lineage, taskPrefix, ways, shotsMax, tasks, tasksAtOnce, seed, heads, share, outcomes);
  }

  public StreamSettings withOutcomes(OutcomeHabits habits) {
    return new StreamSettings(
        lineage,
        taskPrefix,
        ways,
        shotsMax,
        tasks,
        tasksAtOnce,
        seed,
        heads,
        retractionShare,
        habits);
  }

  /** What a category must have: its examples, and ten texts to ask about. */
  public int textsPerLabelMin() {
    return shotsMax + 10;
  }

  static void requireBetween(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          what + " is " + value + ", expected " + min + " to " + max + ".");
    }
  }

  static void requireShare(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " is " + value + ", expected 0 to 1.");
    }
  }
}

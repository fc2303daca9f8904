package dev.freshet.schemas;

import java.time.Duration;

/**
 * What a task may keep. Each kind of state has a limit and an age, measured by the log's
 * timestamps, never by a clock; the oldest goes first, and eviction is final.
 *
 * <p>Part of the log, not of a job's configuration: a prediction is a function of the log alone.
 *
 * @param labelsMax labels of the task, 1 to 1,024
 * @param examplesPerLabelMax 1 to 10,000
 * @param examplesPerTaskMax 1 to 10,000
 * @param exampleAgeMax how old an example may grow; {@link #UNLIMITED} for ever
 * @param tombstonesMax retractions remembered, so that an example arriving after its retraction
 *     stays out; 0 to 10,000
 * @param tombstoneAgeMax how long they are
 * @param outcomesAreExamples whether the outcome of a query becomes an example of the task
 * @param pendingQueriesMax queries remembered until their outcome comes; 0 to 10,000
 * @param pendingQueryAgeMax how long they are
 * @param unknownItemsKept whether an example of an item that neither the release nor the log knows
 *     is kept, with the bare prior; else it is rejected
 */
public record SupportPolicy(
    int labelsMax,
    int examplesPerLabelMax,
    int examplesPerTaskMax,
    Duration exampleAgeMax,
    int tombstonesMax,
    Duration tombstoneAgeMax,
    boolean outcomesAreExamples,
    int pendingQueriesMax,
    Duration pendingQueryAgeMax,
    boolean unknownItemsKept) {

  /** A hundred thousand years: no example lives to see it. */
  public static final Duration UNLIMITED = Duration.ofDays(36_525_000);

  /** In force for every task that says nothing else. */
  public static final SupportPolicy DEFAULT =
      new SupportPolicy(
          128,
          64,
          1_024,
          UNLIMITED,
          1_024,
          Duration.ofDays(7),
          false,
          256,
          Duration.ofDays(1),
          true);

  /** No policy allows more labels. */
  public static final int LABELS_MAX = 1_024;

  private static final int KEPT_MAX = 10_000;

  public SupportPolicy {
    between("labelsMax", labelsMax, 1, LABELS_MAX);
    between("examplesPerLabelMax", examplesPerLabelMax, 1, KEPT_MAX);
    between("examplesPerTaskMax", examplesPerTaskMax, 1, KEPT_MAX);
    between("tombstonesMax", tombstonesMax, 0, KEPT_MAX);
    between("pendingQueriesMax", pendingQueriesMax, 0, KEPT_MAX);
    age("exampleAgeMax", exampleAgeMax);
    age("tombstoneAgeMax", tombstoneAgeMax);
    age("pendingQueryAgeMax", pendingQueryAgeMax);
  }

  public SupportPolicy withExamplesMax(int perLabel, int perTask) {
    return new SupportPolicy(
        labelsMax,
        perLabel,
        perTask,
        exampleAgeMax,
        tombstonesMax,
        tombstoneAgeMax,
        outcomesAreExamples,
        pendingQueriesMax,
        pendingQueryAgeMax,
        unknownItemsKept);
  }

  public SupportPolicy withLabelsMax(int labels) {
    return new SupportPolicy(
        labels,
        examplesPerLabelMax,
        examplesPerTaskMax,
        exampleAgeMax,
        tombstonesMax,
        tombstoneAgeMax,
        outcomesAreExamples,
        pendingQueriesMax,
        pendingQueryAgeMax,
        unknownItemsKept);
  }

  public SupportPolicy withExampleAgeMax(Duration age) {
    return new SupportPolicy(
        labelsMax,
        examplesPerLabelMax,
        examplesPerTaskMax,
        age,
        tombstonesMax,
        tombstoneAgeMax,
        outcomesAreExamples,
        pendingQueriesMax,
        pendingQueryAgeMax,
        unknownItemsKept);
  }

  public SupportPolicy withOutcomesAsExamples() {
    return new SupportPolicy(
        labelsMax,
        examplesPerLabelMax,
        examplesPerTaskMax,
        exampleAgeMax,
        tombstonesMax,
        tombstoneAgeMax,
        true,
        pendingQueriesMax,
        pendingQueryAgeMax,
        unknownItemsKept);
  }

  public SupportPolicy withUnknownItemsKept(boolean kept) {
    return new SupportPolicy(
        labelsMax,
        examplesPerLabelMax,
        examplesPerTaskMax,
        exampleAgeMax,
        tombstonesMax,
        tombstoneAgeMax,
        outcomesAreExamples,
        pendingQueriesMax,
        pendingQueryAgeMax,
        kept);
  }

  private static void between(String what, int value, int min, int max) {
    Require.that(
        value >= min && value <= max, "policy: %s is %d, expected %d to %d", what, value, min, max);
  }

  private static void age(String what, Duration value) {
    Require.that(
        !value.isNegative() && !value.isZero() && value.compareTo(UNLIMITED) <= 0,
        "policy: %s is %s, expected more than zero and at most %s",
        what,
        value,
        UNLIMITED);
  }
}

package dev.freshet.trainer.history;

/**
 * What was read of a lineage, and what of it is not remembered.
 *
 * @param events of its tasks
 * @param tasks remembered, over or not
 * @param rows remembered: examples in force, and queries whose truth is known
 * @param retracted rows that a retraction took away, and examples that came after theirs
 * @param tasksDropped for the limits, with all their rows
 * @param rowsDropped for the limits, those of dropped tasks included
 * @param queriesForgotten for the limits, before their outcome came
 * @param unusable examples, queries and outcomes that no classifier can learn from: of other
 *     vectors, without features, with a target that is no label
 */
public record HistoryCounts(
    long events,
    int tasks,
    int rows,
    long retracted,
    long tasksDropped,
    long rowsDropped,
    long queriesForgotten,
    long unusable) {}

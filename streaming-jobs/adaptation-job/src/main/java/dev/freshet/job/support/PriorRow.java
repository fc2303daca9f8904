package dev.freshet.job.support;

/**
 * A number that the parent of a task says of an item.
 *
 * @param observed the item as it was when the task was opened
 */
record PriorRow(Observed.OfItem observed, double number) {}

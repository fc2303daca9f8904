/**
 * The history of one task, folded: what is in force of it under its policy. Pure; knows nothing of
 * Flink but how its state is serialised. Concepts: a {@link dev.freshet.job.support.TaskStore}
 * holds a task, {@link dev.freshet.job.support.TaskFold} applies one event to it, {@link
 * dev.freshet.job.support.Support} is what a query at that point is adapted to.
 */
@NullMarked
package dev.freshet.job.support;

import org.jspecify.annotations.NullMarked;

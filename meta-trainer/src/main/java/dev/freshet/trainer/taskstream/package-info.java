/**
 * A stream of tasks as they happen: labels that turn up one after another, examples, questions, and
 * answers that come late, twice or never. A pure function of a corpus and a seed; it knows no Kafka
 * and no clock.
 *
 * <p>Concepts, in order: {@link dev.freshet.trainer.taskstream.StreamSettings} say how many tasks
 * of what size; a {@link dev.freshet.trainer.taskstream.Step} is an event and, of a query, the
 * truth; entry point: {@link dev.freshet.trainer.taskstream.CategoryTaskStream}.
 */
@NullMarked
package dev.freshet.trainer.taskstream;

import org.jspecify.annotations.NullMarked;

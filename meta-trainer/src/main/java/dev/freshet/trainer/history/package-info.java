/**
 * The tasks that have gone by, as the log tells of them: which texts or vectors are known to be of
 * which label. Pure; knows no Kafka, no encoder and no clock but the log's.
 *
 * <p>Concepts, in order: {@link dev.freshet.trainer.history.HistoryLimits} bound what is
 * remembered; a {@link dev.freshet.trainer.history.PastTask} is what is in force of a task, over or
 * not; {@link dev.freshet.trainer.history.HistoryCounts} say what was read and what was dropped.
 * Entry point: {@link dev.freshet.trainer.history.LineageHistory}.
 */
@NullMarked
package dev.freshet.trainer.history;

import org.jspecify.annotations.NullMarked;

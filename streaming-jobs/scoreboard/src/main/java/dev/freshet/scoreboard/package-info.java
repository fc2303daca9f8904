/**
 * Keeps score: predictions meet the outcomes that come later, and every release is judged by the
 * answers it gave before the truth was known.
 *
 * <p>Concepts, in order: an {@code Arrival} is what a record of the two input topics means here; a
 * {@code Judge} holds predictions and outcomes of a task until they meet or grow too old, and
 * writes down what it saw as a {@code Tally}; the tallies of all tasks are added up, exactly once,
 * to {@link dev.freshet.schemas.ScoreRecord}s and {@link dev.freshet.scoreboard.ScoreCounts}.
 *
 * <p>Entry points: {@link dev.freshet.scoreboard.Scoreboard} inside another process, {@link
 * dev.freshet.scoreboard.ScoreboardMain} as a process of its own. Kafka Streams stays inside.
 */
@NullMarked
package dev.freshet.scoreboard;

import org.jspecify.annotations.NullMarked;

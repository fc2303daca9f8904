/**
 * A stream of users whom the release has never seen, and what became of it.
 *
 * <p>Concepts, in order: a {@link dev.freshet.standalone.readerdemo.ReaderSource} is where users
 * and items come from, and the release that answers; a {@code ReaderScript} says the stream in
 * events of the log; {@code ReaderScores} judge answers beside what needs no learner, on the same
 * questions; a {@code NewItems} introduces items and sees how soon they are answered; a {@link
 * dev.freshet.standalone.readerdemo.ReaderDocument} is the result, counted from the topics.
 *
 * <p>Entry point: {@link dev.freshet.standalone.readerdemo.ReaderDemo}.
 */
@NullMarked
package dev.freshet.standalone.readerdemo;

import org.jspecify.annotations.NullMarked;

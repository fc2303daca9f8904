/**
 * A million users through the job on one machine: how fast, in how much memory, with how many bytes
 * of state each, and what a bot on one task does to its neighbours.
 *
 * <p>Concepts, in order: {@link dev.freshet.standalone.load.readers.ReadersLoadSettings} say how
 * much; {@code Crowd} and {@code ReaderEvents} are the stream; a {@code Feed} appends it and never
 * runs far ahead; {@code Answers} counts what comes back; the job has a JVM of its own ({@code
 * JobProcess}), so that its memory can be told from that of everything else. Nothing is judged but
 * that every query is answered once.
 *
 * <p>Entry points: {@link dev.freshet.standalone.load.readers.ReadersLoadRun}, and {@link
 * dev.freshet.standalone.load.readers.JobHost} for the child.
 */
@NullMarked
package dev.freshet.standalone.load.readers;

import org.jspecify.annotations.NullMarked;

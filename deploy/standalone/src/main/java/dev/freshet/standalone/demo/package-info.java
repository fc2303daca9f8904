/**
 * A real stream of tasks the release has never seen, and what became of it.
 *
 * <p>Concepts, in order: {@link dev.freshet.standalone.demo.DemoSettings} say which tasks; a {@code
 * Feeder} appends them to the log at a steady rate; an {@code AnswerWatch} counts the answers as
 * they come; a {@link dev.freshet.standalone.demo.Recount} reads the topics once more, alone, and
 * arrives at the same scores as the scoreboard or says where not; a {@link
 * dev.freshet.standalone.demo.DemoDocument} is the result.
 *
 * <p>Entry point: {@link dev.freshet.standalone.demo.Demo}.
 */
@NullMarked
package dev.freshet.standalone.demo;

import org.jspecify.annotations.NullMarked;

/**
 * Everything on one machine: broker, job and scoreboard, started and stopped as one.
 *
 * <p>Concepts, in order: a {@link dev.freshet.standalone.stack.DataDirectory} holds what survives a
 * restart, for one stack at a time, by a {@link dev.freshet.standalone.stack.DirectoryLock}; {@link
 * dev.freshet.standalone.stack.LocalFlink} runs a job on a cluster in this JVM and takes up its
 * checkpoints; a {@link dev.freshet.standalone.stack.LocalStack} puts the parts together in order.
 */
@NullMarked
package dev.freshet.standalone.stack;

import org.jspecify.annotations.NullMarked;

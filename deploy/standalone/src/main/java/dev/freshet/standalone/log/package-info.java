/**
 * The topics, as the command line reads and writes them.
 *
 * <p>Concepts, in order: an {@link dev.freshet.standalone.log.EventWriter} appends events to the
 * log; a {@link dev.freshet.standalone.log.TopicReader} reads a topic to its present end or follows
 * it; a {@link dev.freshet.standalone.log.RecordText} says what a record is in a line.
 */
@NullMarked
package dev.freshet.standalone.log;

import org.jspecify.annotations.NullMarked;

/**
 * How a command speaks to people and to scripts.
 *
 * <p>Concepts, in order: a {@link dev.freshet.standalone.console.Console} has one stream for
 * results and one for everything else; an {@link dev.freshet.standalone.console.Exit} is the status
 * that a command ends with; a {@link dev.freshet.standalone.console.CommandFailure} carries one
 * upwards with a message that says what to do; a {@link dev.freshet.standalone.console.Patience} is
 * how long it waits for something before that.
 */
@NullMarked
package dev.freshet.standalone.console;

import org.jspecify.annotations.NullMarked;

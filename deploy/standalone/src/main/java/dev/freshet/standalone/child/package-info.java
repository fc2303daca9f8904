/**
 * Programs that a command starts beside itself.
 *
 * <p>A {@link dev.freshet.standalone.child.ChildProcess} answers in lines on its standard output,
 * and ends when its standard input closes, which happens however the parent ends.
 */
@NullMarked
package dev.freshet.standalone.child;

import org.jspecify.annotations.NullMarked;

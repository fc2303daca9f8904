/**
 * The command line {@code freshet}. One class a command, which reads its options and calls the
 * packages beneath; they know nothing of options.
 *
 * <p>Entry point: {@link dev.freshet.standalone.Freshet}.
 */
@NullMarked
package dev.freshet.standalone;

import org.jspecify.annotations.NullMarked;

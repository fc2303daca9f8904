/**
 * The catalogue of releases, and the fence that puts one in force.
 *
 * <p>Entry point: {@link dev.freshet.standalone.release.ReleaseDesk}. {@link
 * dev.freshet.standalone.release.ReleaseShelf} is where the files are.
 */
@NullMarked
package dev.freshet.standalone.release;

import org.jspecify.annotations.NullMarked;

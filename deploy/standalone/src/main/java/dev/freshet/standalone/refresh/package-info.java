/**
 * Refreshing a lineage that serves: reading its log, and publishing what passed the gate.
 *
 * <p>Concepts, in order: {@link dev.freshet.standalone.refresh.RefreshPlace} is where releases lie,
 * for one refresh of a lineage at a time; a {@link dev.freshet.standalone.refresh.LogFold} reads
 * the log as far as it goes and remembers where it was; a {@link
 * dev.freshet.standalone.refresh.Publishing} brings a release into force in steps, each of which
 * leaves the champion serving; a {@link dev.freshet.standalone.refresh.RefreshDocument} says what
 * happened. Entry point: {@link dev.freshet.standalone.refresh.LineageRefresh}.
 */
@NullMarked
package dev.freshet.standalone.refresh;

import org.jspecify.annotations.NullMarked;

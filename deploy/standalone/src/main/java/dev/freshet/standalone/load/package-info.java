/**
 * How fast the job is on this machine, beside a job that does nothing with the same records.
 *
 * <p>Concepts, in order: {@link dev.freshet.standalone.load.LoadSettings} say how much; {@code
 * LoadEvents} are the events; a {@code Measurement} is what one job did with them; a {@link
 * dev.freshet.standalone.load.LoadDocument} is the result. Nothing is asserted: figures are for
 * people.
 *
 * <p>Entry point: {@link dev.freshet.standalone.load.LoadRun}.
 */
@NullMarked
package dev.freshet.standalone.load;

import org.jspecify.annotations.NullMarked;

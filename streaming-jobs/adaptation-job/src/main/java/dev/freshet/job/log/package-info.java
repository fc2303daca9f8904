/**
 * What flows between the steps of the job: {@link dev.freshet.job.log.LoggedEvent} as it was read,
 * {@link dev.freshet.job.log.Stamped} with the release in force and its encoded texts (or a change
 * of the item table, at its place among the events), and {@link dev.freshet.job.log.RejectedEvent},
 * with how each crosses the network.
 */
@NullMarked
package dev.freshet.job.log;

import org.jspecify.annotations.NullMarked;

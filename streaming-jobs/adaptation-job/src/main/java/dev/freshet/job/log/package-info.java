/**
 * What flows between the steps of the job: {@link dev.freshet.job.log.LoggedEvent} as it was read,
 * {@link dev.freshet.job.log.StampedEvent} with the release in force and its encoded texts, and
 * {@link dev.freshet.job.log.RejectedEvent}, with how each crosses the network.
 */
@NullMarked
package dev.freshet.job.log;

import org.jspecify.annotations.NullMarked;

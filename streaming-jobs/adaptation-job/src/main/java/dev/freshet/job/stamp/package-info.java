/**
 * Decoding: reads the bytes of the log, checks them against the release in force, and stamps each
 * event with it. Entry point: {@link dev.freshet.job.stamp.StampFunction}.
 */
@NullMarked
package dev.freshet.job.stamp;

import org.jspecify.annotations.NullMarked;

/**
 * The adaptation job: task events in, adapted predictions out. Steps, in the order data flows:
 * {@code log}, {@code stamp}, {@code encode}, {@code support} and {@code adapt}, {@code sink}.
 * Entry points: {@link dev.freshet.job.AdaptationJob}, wired by {@link
 * dev.freshet.job.AdaptationJobMain}.
 */
@NullMarked
package dev.freshet.job;

import org.jspecify.annotations.NullMarked;

/**
 * What the tests of the job share: releases, histories, and the job's semantics written a second
 * time.
 */
@NullMarked
package dev.freshet.job.testing;

import org.jspecify.annotations.NullMarked;

/**
 * Makes releases for the job to serve.
 *
 * <p>Entry point: {@link dev.freshet.trainer.publish.ShippedRelease}, the releases that Freshet
 * comes with, one of each lineage.
 */
@NullMarked
package dev.freshet.trainer.publish;

import org.jspecify.annotations.NullMarked;

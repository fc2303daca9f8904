/**
 * Makes releases for the job to serve.
 *
 * <p>Entry point: {@link dev.freshet.trainer.publish.ShippedRelease}, the release that Freshet
 * comes with. What is shipped is built, not stored: the same sources give the same digest.
 */
@NullMarked
package dev.freshet.trainer.publish;

import org.jspecify.annotations.NullMarked;

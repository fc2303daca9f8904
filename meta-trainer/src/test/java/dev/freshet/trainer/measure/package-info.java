/**
 * How good a release is on streams of tasks: how the shipped constants were found, and the figures
 * of its model card. For people, not for the build.
 *
 * <p>A {@link dev.freshet.trainer.measure.StreamReplay} turns a stream into what each {@link
 * dev.freshet.trainer.measure.Asked} query saw; a {@link dev.freshet.trainer.measure.Tally} counts
 * answers. Start at {@link dev.freshet.trainer.measure.MeasureReleases}.
 */
@NullMarked
package dev.freshet.trainer.measure;

import org.jspecify.annotations.NullMarked;

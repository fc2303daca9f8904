/**
 * What a device does: adaptations a second at large batches, beside how fast it copies memory and
 * multiplies matrices, and whether its answers are the CPU's.
 *
 * <p>{@link dev.freshet.trainer.bench.DeviceWork} is what is measured, {@link
 * dev.freshet.trainer.bench.DeviceReport} what comes out. Entry point: {@link
 * dev.freshet.trainer.bench.DeviceBench#run}.
 */
@NullMarked
package dev.freshet.trainer.bench;

import org.jspecify.annotations.NullMarked;

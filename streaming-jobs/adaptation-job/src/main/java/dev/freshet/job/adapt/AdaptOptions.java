package dev.freshet.job.adapt;

import dev.freshet.adaptation.runtime.Device;
import java.io.Serializable;

/**
 * How the adapting step runs; nothing here changes a prediction.
 *
 * @param releases directory of releases
 * @param batchEventsMax a micro-batch is answered at the latest when it holds so many events
 * @param batchDelayMillis or when its first event has waited so long
 * @param cacheBytesMax how much adapted parameters may hold, per subtask
 */
public record AdaptOptions(
    String releases, Device device, int batchEventsMax, long batchDelayMillis, long cacheBytesMax)
    implements Serializable {}

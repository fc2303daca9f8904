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
 * @param openSupportBytesMax how much the supports may hold that wait to be adapted; a micro-batch
 *     that has read more is answered in parts
 */
public record AdaptOptions(
    String releases,
    Device device,
    int batchEventsMax,
    long batchDelayMillis,
    long cacheBytesMax,
    long openSupportBytesMax)
    implements Serializable {
  private static final long OPEN_SUPPORT_BYTES_MAX = 64L * 1024 * 1024;

  public AdaptOptions(
      String releases,
      Device device,
      int batchEventsMax,
      long batchDelayMillis,
      long cacheBytesMax) {
    this(releases, device, batchEventsMax, batchDelayMillis, cacheBytesMax, OPEN_SUPPORT_BYTES_MAX);
  }
}

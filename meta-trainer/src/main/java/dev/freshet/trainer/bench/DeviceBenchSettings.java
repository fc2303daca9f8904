package dev.freshet.trainer.bench;

import dev.freshet.adaptation.runtime.Device;
import java.util.List;

/**
 * What to measure with.
 *
 * @param tasksPerCall batches, each a row of its own
 * @param secondsEach how long each figure is measured, at least
 * @param copySize side of the square tensors that are copied
 * @param productSize side of the square matrices that are multiplied
 */
public record DeviceBenchSettings(
    Device device, List<Integer> tasksPerCall, double secondsEach, int copySize, int productSize) {
  private static final List<Integer> BATCHES = List.of(256, 1_024, 4_096);

  public DeviceBenchSettings {
    tasksPerCall = List.copyOf(tasksPerCall);
    for (int tasks : tasksPerCall) {
      if (tasks < 2 || tasks > 65_536) {
        throw new IllegalArgumentException("tasks per call is " + tasks + ", expected 2 to 65536.");
      }
    }
    if (!(secondsEach > 0 && secondsEach <= 600)) {
      throw new IllegalArgumentException("seconds is " + secondsEach + ", expected up to 600.");
    }
  }

  /** Tensors beyond any cache of the device, matrices that keep it busy. */
  public static DeviceBenchSettings of(Device device, double secondsEach) {
    return device == Device.CPU
        ? new DeviceBenchSettings(device, BATCHES, secondsEach, 4_096, 1_024)
        : new DeviceBenchSettings(device, BATCHES, secondsEach, 8_192, 8_192);
  }
}

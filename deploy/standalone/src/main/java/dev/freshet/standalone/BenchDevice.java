package dev.freshet.standalone;

import dev.freshet.adaptation.runtime.Device;
import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Exit;
import dev.freshet.trainer.embedding.Progress;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Where something is measured. */
final class BenchDevice {
  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "cpu",
      converter = JobOptions.DeviceText.class,
      description = "cpu or cuda. Default: ${DEFAULT-VALUE}.")
  private Device device = Device.CPU;

  Device device() {
    return device;
  }

  /**
   * Measures, with a bar that says how far it is.
   *
   * @throws CommandFailure with {@link Exit#FAILED} if the device cannot be used
   */
  static <T> T measured(Function<Progress, T> measurement) {
    try (StepBar bar = new StepBar()) {
      return measurement.apply(bar::at);
    } catch (IllegalStateException e) {
      throw new CommandFailure(Exit.FAILED, String.valueOf(e.getMessage()), e);
    }
  }
}

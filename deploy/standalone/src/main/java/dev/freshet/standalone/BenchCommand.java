package dev.freshet.standalone;

import dev.freshet.standalone.console.CommandFailure;
import dev.freshet.standalone.console.Console;
import dev.freshet.standalone.console.Exit;
import dev.freshet.trainer.bench.DeviceBench;
import dev.freshet.trainer.bench.DeviceBenchSettings;
import dev.freshet.trainer.bench.DeviceReport;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet bench}: what a device does. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    header = "Measure adaptations a second on a device, beside what the device can do at all.",
    description = {
      "",
      "The shipped release (adapting, answering, and as the job has it), a linear head, a network"
          + " of 64-64-64-5 and its second-order outer gradient, each at 256, 1,024 and 4,096 tasks"
          + " a call; the same on the CPU must give the same numbers. The ceilings are elementwise copies, inputs on"
          + " their way to the device, and products of matrices, by graphs of ours. On a GPU every"
          + " call copies its inputs there and its outputs back.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  freshet bench --device cuda --json",
      "  freshet bench sine --figure sine.png",
      "",
      "With --json: device, tf32, copyGigabytesPerSecond, inputGigabytesPerSecond,",
      "productGigaflops, encodedTextsPerSecond (where built in), agreesWithCpu, bitsAreATasksOwn,",
      "parity (work, difference, holds, again, inOtherCompany), results (work, tasksPerCall,",
      "tasksPerSecond, inputBytesPerTask, inputGigabytesPerSecond).",
      "Exit status: 0 done, 1 it failed, or the device is not the CPU's equal, or a task's bits",
      "depend on who shares its call."
    })
final class BenchCommand implements Runnable {
  private final Console console;
  private final SharedOptions shared;

  @Mixin private final BenchDevice device = new BenchDevice();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "2",
      description = "How long each figure is measured. Default: ${DEFAULT-VALUE}.")
  private double seconds = 2;

  private BenchCommand(Console console, SharedOptions shared) {
    this.console = console;
    this.shared = shared;
  }

  static CommandLine line(Console console, SharedOptions shared) {
    CommandLine line = new CommandLine(new BenchCommand(console, shared));
    line.addSubcommand(new SineCommand(console, shared));
    return line;
  }

  @Override
  public void run() {
    DeviceBenchSettings settings =
        Input.checked(() -> DeviceBenchSettings.of(device.device(), seconds));
    DeviceReport report = BenchDevice.measured(progress -> DeviceBench.run(settings, progress));
    if (shared.json()) {
      console.result(report.toJson());
    } else {
      print(report);
    }
    if (!report.agreesWithCpu()) {
      throw new CommandFailure(
          Exit.FAILED,
          "Device '"
              + device.device()
              + "' does not give the CPU's numbers within "
              + DeviceReport.PARITY_MAX
              + ": "
              + report.disagreement()
              + ". Do not serve or train on it; predictions would not be what was evaluated.");
    }
    if (!report.bitsAreATasksOwn()) {
      throw new CommandFailure(
          Exit.FAILED,
          "On device '"
              + device.device()
              + "' a task's answers are not the same bits every time and in any company: replay"
              + " would not give the predictions that were given. See 'again' and 'inOtherCompany'"
              + " of --json.");
    }
  }

  private void print(DeviceReport report) {
    console.result(
        String.format(
            Locale.ROOT,
            "%s: %.0f GB/s elementwise, %.1f GB/s of inputs, %.0f GFLOP/s products",
            report.device(),
            report.copyGigabytesPerSecond(),
            report.inputGigabytesPerSecond(),
            report.productGigaflops()));
    for (DeviceReport.Row row : report.rows()) {
      console.result(
          String.format(
              Locale.ROOT,
              "%-30s %5d tasks a call   %,11.0f tasks/s   %6.2f GB/s of inputs",
              row.work(),
              row.tasksPerCall(),
              row.tasksPerSecond(),
              row.inputGigabytesPerSecond()));
    }
    for (DeviceReport.Parity one : report.parity()) {
      console.result(
          String.format(
              Locale.ROOT,
              "%-30s differs by %.1e from the CPU, by %.1e asked again, by %s alone",
              one.work(),
              one.difference(),
              one.again(),
              one.inOtherCompany().isPresent()
                  ? String.format(Locale.ROOT, "%.1e", one.inOtherCompany().getAsDouble())
                  : "(a bare graph)"));
    }
  }
}

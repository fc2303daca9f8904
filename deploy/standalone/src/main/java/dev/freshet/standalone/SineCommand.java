package dev.freshet.standalone;

import dev.freshet.standalone.console.Console;
import dev.freshet.trainer.report.SineFigure;
import dev.freshet.trainer.sine.SineExperiment;
import dev.freshet.trainer.sine.SineResults;
import dev.freshet.trainer.sine.SineSettings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet bench sine}: the experiment by which MAML was introduced. */
@Command(
    name = "sine",
    mixinStandardHelpOptions = true,
    header = "Sine regression of the MAML paper, beside the same network pretrained on all tasks.",
    description = {
      "",
      "Trains both for as many iterations, and prints the mean squared error over new sines after 0"
          + " to 10 gradient steps on ten points. A few minutes on two cores.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  freshet bench sine --json --figure sine.png",
      "  freshet bench sine --iterations 5000",
      "",
      "With --json: bySteps (steps; meanSquaredError and ci95 of maml and of pretrained),",
      "ratioAfterOneStep, iterationsPerSecond, and what they rest on."
    })
final class SineCommand implements Runnable {
  private final Console console;
  private final SharedOptions shared;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "70000",
      description = "Of the outer loop, for each network. Default: ${DEFAULT-VALUE}, the paper's.")
  private int iterations = 70_000;

  @Option(
      names = "--figure",
      paramLabel = "FILE",
      description = "Draw the errors, and one sine before and after, as a PNG.")
  private Optional<Path> figure = Optional.empty();

  @Mixin private final BenchDevice device = new BenchDevice();

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Of networks and tasks. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  SineCommand(Console console, SharedOptions shared) {
    this.console = console;
    this.shared = shared;
  }

  @Override
  public void run() {
    SineSettings paper = SineSettings.OF_THE_PAPER;
    SineSettings settings =
        Input.checked(
            () ->
                new SineSettings(
                    iterations, paper.tasksPerIteration(), paper.tasks(), device.device(), seed));
    SineResults results = BenchDevice.measured(progress -> SineExperiment.run(settings, progress));
    figure.ifPresent(
        file -> {
          SineFigure.write(results, file);
          console.note("figure: " + file);
        });
    if (shared.json()) {
      console.result(results.toJson());
    } else {
      print(results);
    }
  }

  private void print(SineResults results) {
    console.result("steps   MAML            pretrained");
    for (SineResults.Row row : results.bySteps()) {
      console.result(
          String.format(
              Locale.ROOT,
              "%5d   %.3f ± %.3f   %.3f ± %.3f",
              row.steps(),
              row.maml().mean(),
              row.maml().ci95(),
              row.pretrained().mean(),
              row.pretrained().ci95()));
    }
    console.result(
        String.format(
            Locale.ROOT,
            "after one step MAML's error is %.1f times smaller; %.0f iterations/s",
            results.ratioAfterOneStep(),
            results.iterationsPerSecond()));
  }
}

package dev.freshet.standalone;

import dev.freshet.standalone.refresh.RefreshPlace;
import dev.freshet.trainer.refresh.RefreshSettings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What can be said about a refresh from the command line. */
final class RefreshOptions {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = UpCommand.DATA_DIRECTORY,
      description =
          "Where `freshet up` keeps its releases; vectors of texts are kept there too. Default:"
              + " ${DEFAULT-VALUE}.")
  private Path directory = Path.of(UpCommand.DATA_DIRECTORY);

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Of the outer loop, at most. Default: what the trainer finds enough.")
  private Optional<Integer> steps = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description =
          "Of the split and of all tasks; keep it, and classes keep their side. Default:"
              + " ${DEFAULT-VALUE}.")
  private long seed = 1;

  RefreshSettings settings() {
    RefreshSettings settings = RefreshSettings.DEFAULT.withSeed(seed);
    return steps.map(settings::withSteps).orElse(settings);
  }

  RefreshPlace take(String lineage) {
    return RefreshPlace.take(directory, lineage);
  }
}

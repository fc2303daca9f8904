package dev.freshet.standalone;

import dev.freshet.schemas.Target;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is taught or told: a label or a number. */
final class TruthOptions {
  @Option(names = "--label", paramLabel = "ID", description = "The label; or give --value.")
  private Optional<String> label = Optional.empty();

  @Option(names = "--value", paramLabel = "N", description = "The number, e.g. a rating.")
  private Optional<Double> value = Optional.empty();

  /**
   * As it goes into the log.
   *
   * @throws IllegalArgumentException unless exactly one was given
   */
  Target target() {
    if (label.isPresent() == value.isPresent()) {
      throw new IllegalArgumentException(
          "Expected either --label ID or --value N, got "
              + (label.isPresent() ? "both" : "neither")
              + ".");
    }
    return label.isPresent()
        ? new Target.LabelTarget(label.get())
        : new Target.NumberTarget(value.orElseThrow());
  }
}

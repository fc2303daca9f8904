package dev.freshet.trainer.taskstream;

import dev.freshet.schemas.SupportPolicy;
import java.util.Optional;

/** Asks for a larger support where the one a task has by default would evict what was given. */
final class SupportLimits {
  private SupportLimits() {}

  static Optional<SupportPolicy> policyFor(StreamSettings settings) {
    SupportPolicy usual = SupportPolicy.DEFAULT;
    int labels = Math.max(usual.labelsMax(), settings.ways());
    int perLabel = Math.max(usual.examplesPerLabelMax(), settings.shotsMax());
    int perTask = Math.max(usual.examplesPerTaskMax(), settings.ways() * settings.shotsMax());
    SupportPolicy needed = usual.withLabelsMax(labels).withExamplesMax(perLabel, perTask);
    return needed.equals(usual) ? Optional.empty() : Optional.of(needed);
  }
}

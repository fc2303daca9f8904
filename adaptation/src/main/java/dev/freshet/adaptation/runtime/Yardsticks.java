package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.learner.NearestMeanLearner;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseWriter;
import java.util.Map;
import java.util.Optional;

/** What every release's answers are shown beside. */
public final class Yardsticks {
  private Yardsticks() {}

  /** The plain nearest mean, with label names as pseudo-examples; its head is {@code label}. */
  public static Release prototype(int features) {
    ReleaseDraft draft =
        new ReleaseDraft(
            "yardstick",
            "nearest-mean",
            "any",
            "nothing: no number in it was learned",
            Map.of(),
            Optional.empty(),
            "# Nearest mean\n\nThe baseline of every lineage, in no directory and in every job.\n");
    return new ReleaseWriter().assemble(draft, new NearestMeanLearner(features));
  }
}

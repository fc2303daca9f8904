package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseWriter;
import java.util.Map;
import java.util.Optional;

/** Releases for tests. */
final class Releases {
  private Releases() {}

  static Release of(String id, Learner learner) {
    ReleaseDraft draft =
        new ReleaseDraft("tests", id, "none", "nothing", Map.of(), Optional.empty(), "# Test\n");
    return new ReleaseWriter().assemble(draft, learner);
  }
}

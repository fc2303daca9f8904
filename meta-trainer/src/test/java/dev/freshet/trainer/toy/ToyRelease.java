package dev.freshet.trainer.toy;

import dev.freshet.adaptation.learner.PrototypeLearner;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseWriter;
import java.util.Map;
import java.util.Optional;

/** Prototypes for the toy encoder. */
public final class ToyRelease {
  private ToyRelease() {}

  public static Release create() {
    ReleaseDraft draft =
        new ReleaseDraft("toys", "toy-1", "toy", "nothing", Map.of(), Optional.empty(), "# Toy\n");
    Settings settings = Settings.of(PrototypeLearner.SETTINGS, Map.of());
    return new ReleaseWriter()
        .assemble(draft, new PrototypeLearner(ToyEncoder.DIMENSION, settings));
  }
}

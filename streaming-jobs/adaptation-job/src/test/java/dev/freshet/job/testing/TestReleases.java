package dev.freshet.job.testing;

import dev.freshet.adaptation.learner.PrototypeLearner;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseWriter;
import dev.freshet.schemas.ReleaseActivated;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Small releases of lineage {@value #LINEAGE} that answer differently. */
public final class TestReleases {
  public static final String LINEAGE = "categories";

  private final Path directory;

  public TestReleases(Path directory) {
    this.directory = directory;
  }

  public Path directory() {
    return directory;
  }

  /** Writes a release; the temperature is what tells one from another. */
  public Release write(String id, double temperature) {
    return write(id, temperature, WordEncoder.DIMENSION, WordEncoder.ID);
  }

  /** The same for another encoder. */
  public Release write(String id, double temperature, int features, String encoder) {
    PrototypeLearner learner =
        new PrototypeLearner(
            features,
            Settings.of(
                PrototypeLearner.SETTINGS,
                Map.of(PrototypeLearner.TEMPERATURE.name(), temperature)));
    ReleaseDraft draft =
        new ReleaseDraft(LINEAGE, id, encoder, "nothing", Map.of(), Optional.empty(), "# " + id);
    return new ReleaseWriter().write(path(id), draft, learner);
  }

  public Path path(String id) {
    return directory.resolve(LINEAGE).resolve(id);
  }

  public static ReleaseActivated fence(Release release, long epoch) {
    return new ReleaseActivated(LINEAGE, release.manifest().release(), release.digest(), epoch);
  }
}

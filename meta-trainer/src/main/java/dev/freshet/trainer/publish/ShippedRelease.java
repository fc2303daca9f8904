package dev.freshet.trainer.publish;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseManifest;
import dev.freshet.adaptation.release.ReleaseReader;
import dev.freshet.adaptation.release.ReleaseWriter;
import dev.freshet.trainer.training.Beginning;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The release that Freshet comes with, trained on WordNet alone: {@code deploy/releases} of the
 * repository, packed into this module's jar. How it was made is told in RATIONALE.md, how good it
 * is in its model card.
 */
public final class ShippedRelease {
  public static final String LINEAGE = "categories";
  public static final String ID = "wordnet-1";

  private static final List<String> FILES =
      List.of(
          Release.MANIFEST_FILE,
          Release.INITIALIZATION_FILE,
          Release.ADAPT_FILE,
          Release.PREDICT_FILE,
          Release.MODEL_CARD_FILE);

  private ShippedRelease() {}

  /** Writes it, or finds it there already; a directory that holds anything else is left alone. */
  public static Release write(Path directory) {
    return new ReleaseWriter().write(directory, assemble());
  }

  /** The same learner and tensors under another id. */
  public static Release write(Path directory, String id) {
    Release shipped = assemble();
    ReleaseManifest manifest = shipped.manifest();
    ReleaseDraft draft =
        new ReleaseDraft(
            manifest.lineage(),
            id,
            manifest.encoder(),
            manifest.trainingData(),
            manifest.scores(),
            manifest.parent(),
            shipped.modelCard());
    return new ReleaseWriter().write(directory, draft, Beginning.of(shipped));
  }

  /** The same in memory only. */
  public static Release assemble() {
    Map<String, byte[]> files = new TreeMap<>();
    FILES.forEach(name -> files.put(name, bytes(name)));
    return new ReleaseReader().read(files);
  }

  private static byte[] bytes(String name) {
    String resource = "releases/" + LINEAGE + "/" + ID + "/" + name;
    try (InputStream file = ShippedRelease.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException(
            "The shipped release's %s is missing from the meta-trainer's jar, expected as %s."
                .formatted(name, resource));
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the shipped release's " + name + ".", e);
    }
  }
}

package dev.freshet.trainer.publish;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseReader;
import dev.freshet.adaptation.release.ReleaseWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The releases that Freshet comes with: {@code deploy/releases} of the repository, packed into this
 * module's jar. How they were made is told in RATIONALE.md, how good they are in their model cards.
 */
public enum ShippedRelease {
  /** Trained on WordNet alone. */
  CATEGORIES("categories", "wordnet-6", Optional.empty()),

  /** Trained on a simulation of users, with the items of that simulation. */
  READERS("readers", "simulation-1", Optional.of(Release.ITEMS_FILE));

  private static final List<String> EVERY_RELEASE =
      List.of(
          Release.MANIFEST_FILE,
          Release.INITIALIZATION_FILE,
          Release.ADAPT_FILE,
          Release.PREDICT_FILE,
          Release.MODEL_CARD_FILE);

  private final String lineage;
  private final String id;
  private final Optional<String> items;

  ShippedRelease(String lineage, String id, Optional<String> items) {
    this.lineage = lineage;
    this.id = id;
    this.items = items;
  }

  /** The one of a lineage, if one ships. */
  public static Optional<ShippedRelease> ofLineage(String lineage) {
    return Stream.of(values()).filter(shipped -> shipped.lineage.equals(lineage)).findFirst();
  }

  public String lineage() {
    return lineage;
  }

  public String id() {
    return id;
  }

  /** Writes it, or finds it there already; a directory that holds anything else is left alone. */
  public Release write(Path directory) {
    return new ReleaseWriter().write(directory, assemble());
  }

  /** The same in memory only. */
  public Release assemble() {
    Map<String, byte[]> content = new TreeMap<>();
    Stream.concat(EVERY_RELEASE.stream(), items.stream())
        .forEach(name -> content.put(name, bytes(name)));
    return new ReleaseReader().read(content);
  }

  private byte[] bytes(String name) {
    String resource = "releases/" + lineage + "/" + id + "/" + name;
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

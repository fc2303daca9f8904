package dev.freshet.adaptation.release;

import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.adaptation.items.ItemTableBytes;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.onnx.OnnxWriter;
import dev.freshet.adaptation.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes releases out of learners. The same learner and draft give the same bytes, hence digest. */
public final class ReleaseWriter {
  private final OnnxWriter onnx = new OnnxWriter();
  private final ReleaseReader reader = new ReleaseReader();

  /**
   * Writes a release with the learner's own initialisation. The directory appears whole or not at
   * all. If it is there already with the same digest, nothing is written; with another one, it is
   * left alone and this fails, because releases are immutable.
   */
  public Release write(Path directory, ReleaseDraft draft, Learner learner) {
    return write(directory, draft, learner, learner.initialization());
  }

  /** Writes a release with a meta-trained initialisation in place of the learner's own. */
  public Release write(
      Path directory, ReleaseDraft draft, Learner learner, Map<String, Tensor> initialization) {
    return write(directory, assemble(draft, learner, initialization, Optional.empty()));
  }

  /** Writes a release whose examples name items. */
  public Release write(Path directory, ReleaseDraft draft, Learner learner, ItemTable items) {
    return write(directory, assemble(draft, learner, learner.initialization(), Optional.of(items)));
  }

  /** Writes a release that is in memory, byte for byte, on the same terms. */
  public Release write(Path directory, Release release) {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return existing(directory, release);
    }
    try {
      new StagedDirectory(directory)
          .publish(release.files(), staged -> reader.read(staged, release.digest()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot write release " + release + " to " + directory + ": " + e, e);
    }
    return release;
  }

  /** A release that is in no directory. */
  public Release assemble(ReleaseDraft draft, Learner learner) {
    return assemble(draft, learner, learner.initialization(), Optional.empty());
  }

  /** A release with items that is in no directory. */
  public Release assemble(ReleaseDraft draft, Learner learner, ItemTable items) {
    return assemble(draft, learner, learner.initialization(), Optional.of(items));
  }

  private Release assemble(
      ReleaseDraft draft,
      Learner learner,
      Map<String, Tensor> initialization,
      Optional<ItemTable> items) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(Release.INITIALIZATION_FILE, onnx.writeInitialization(initialization));
    files.put(Release.ADAPT_FILE, onnx.write(learner.adaptGraph()));
    files.put(Release.PREDICT_FILE, onnx.write(learner.predictGraph()));
    files.put(Release.MODEL_CARD_FILE, draft.modelCard().getBytes(StandardCharsets.UTF_8));
    items.ifPresent(table -> files.put(Release.ITEMS_FILE, ItemTableBytes.write(table)));
    SortedMap<String, String> digests = new TreeMap<>();
    files.forEach((name, bytes) -> digests.put(name, Sha256.of(bytes)));
    files.put(Release.MANIFEST_FILE, ManifestJson.write(manifest(draft, learner, digests)));
    return ReleaseVerification.verify(files);
  }

  private static ReleaseManifest manifest(
      ReleaseDraft draft, Learner learner, SortedMap<String, String> digests) {
    return new ReleaseManifest(
        ReleaseManifest.FORMAT_VERSION,
        draft.lineage(),
        draft.release(),
        learner.name(),
        new TreeMap<>(learner.settings().asMap()),
        learner.features(),
        draft.encoder(),
        learner.heads(),
        learner.defaultHeads(),
        draft.trainingData(),
        new TreeMap<>(draft.scores()),
        draft.parent(),
        digests);
  }

  private Release existing(Path directory, Release release) {
    Release there = reader.read(directory);
    if (!there.digest().equals(release.digest())) {
      throw new IllegalStateException(
          directory
              + " already holds release "
              + there
              + ", not "
              + release
              + ". Releases are immutable: choose another id and directory.");
    }
    return there;
  }
}

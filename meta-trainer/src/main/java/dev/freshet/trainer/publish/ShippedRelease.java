package dev.freshet.trainer.publish;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.PrototypeLearner;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseWriter;
import dev.freshet.encoders.MiniLmEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The release that Freshet comes with: prototypes on MiniLM's vectors, with constants set by hand.
 * How they were found is told in RATIONALE.md, how good they are in the model card.
 */
public final class ShippedRelease {
  public static final String LINEAGE = "categories";
  public static final String ID = "prototype-1";

  private static final int FEATURES = 384;
  private static final String MODEL_CARD = "MODEL_CARD.md";

  private static final Map<String, Double> CONSTANTS =
      Map.of(
          PrototypeLearner.NAME_WEIGHT.name(), 1.5,
          PrototypeLearner.TEMPERATURE.name(), 16.0,
          PrototypeLearner.WAYS_POWER.name(), 0.0,
          PrototypeLearner.SHOTS_POWER.name(), 0.4);

  private ShippedRelease() {}

  /** Writes it, or finds it there already; a directory that holds anything else is left alone. */
  public static Release write(Path directory) {
    return write(directory, ID);
  }

  /** The same under another id. */
  public static Release write(Path directory, String id) {
    return new ReleaseWriter().write(directory, draft(id), learner());
  }

  /** The same in memory only. */
  public static Release assemble() {
    return new ReleaseWriter().assemble(draft(ID), learner());
  }

  private static Learner learner() {
    return new PrototypeLearner(FEATURES, Settings.of(PrototypeLearner.SETTINGS, CONSTANTS));
  }

  private static ReleaseDraft draft(String id) {
    return new ReleaseDraft(
        LINEAGE,
        id,
        MiniLmEncoder.ID,
        "None: four constants set by hand on WordNet nouns (training side) and HWU64.",
        Map.of(),
        Optional.empty(),
        modelCard());
  }

  private static String modelCard() {
    try (InputStream card = ShippedRelease.class.getResourceAsStream(MODEL_CARD)) {
      if (card == null) {
        throw new IllegalStateException(
            "The shipped release's " + MODEL_CARD + " is missing from the meta-trainer's jar.");
      }
      return new String(card.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the shipped release's " + MODEL_CARD + ".", e);
    }
  }
}

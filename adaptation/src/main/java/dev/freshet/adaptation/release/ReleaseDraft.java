package dev.freshet.adaptation.release;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a release says about itself beyond what its learner knows and the files' digests.
 *
 * @param lineage the line of meta-models
 * @param release the new release's id
 * @param encoder id of what turned texts into vectors
 * @param trainingData what the initialisation was learned from, in words
 * @param scores measured quality by name
 * @param parent the release this one was trained from
 * @param modelCard Markdown: what it is for, how good it is, what it is not for
 */
public record ReleaseDraft(
    String lineage,
    String release,
    String encoder,
    String trainingData,
    Map<String, Double> scores,
    Optional<String> parent,
    String modelCard) {
  public ReleaseDraft {
    scores = Map.copyOf(new TreeMap<>(scores));
  }
}

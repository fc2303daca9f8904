package dev.freshet.trainer.evaluation;

import java.util.List;

/**
 * What an evaluation found.
 *
 * @param notices what a reader should know, such as a damaged file of embeddings
 * @param seconds from beginning to end, embedding included
 */
public record EvaluationResults(
    EvaluationSettings settings,
    List<Result> results,
    List<PairedDifference> paired,
    List<String> notices,
    double seconds) {
  public EvaluationResults {
    results = List.copyOf(results);
    paired = List.copyOf(paired);
    notices = List.copyOf(notices);
  }

  /** The document: {@code results}, {@code paired}, and what they rest on. */
  public String toJson() {
    return EvaluationJson.of(this);
  }
}

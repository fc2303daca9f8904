package dev.freshet.schemas;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Asks a question of a task; every one gets a {@link Prediction}.
 *
 * @param query id of the query within its task, by which its outcome is told
 * @param features what is asked about; empty where only the task and the candidates matter
 * @param heads the heads to answer, each once; empty for the defaults of the release. Any release
 *     answers {@link Prediction#UNADAPTED} and {@link Prediction#PROTOTYPE} beside its own
 * @param candidates items to rank; empty for the whole catalogue of the release
 * @param topK how many of the best to answer; empty for all
 * @param filter which items may be answered; empty for {@link ItemFilter#DEFAULT} of a whole
 *     catalogue, and {@link ItemFilter#NONE} of candidates
 * @param exploration how the first item is chosen; empty for the best
 */
public record QueryAsked(
    String lineage,
    String task,
    String query,
    Optional<Features> features,
    List<String> heads,
    List<Candidate> candidates,
    OptionalInt topK,
    Optional<ItemFilter> filter,
    Optional<Exploration> exploration)
    implements TaskEvent.OfTask {
  public QueryAsked {
    TaskKey.requireTask(lineage, task);
    Require.id("query", query);
    heads = List.copyOf(heads);
    Set<String> names = new HashSet<>();
    for (String head : heads) {
      Require.id("head", head);
      Require.that(names.add(head), "head '%s' stands twice in QueryAsked", head);
    }
    candidates = List.copyOf(candidates);
    topK.ifPresent(k -> Require.that(k > 0, "topK is %d, expected at least 1", k));
  }

  public QueryAsked(String lineage, String task, String query, Features features) {
    this(lineage, task, query, Optional.of(features), List.of(), List.of(), OptionalInt.empty());
  }

  public QueryAsked(
      String lineage,
      String task,
      String query,
      Optional<Features> features,
      List<String> heads,
      List<Candidate> candidates,
      OptionalInt topK) {
    this(
        lineage,
        task,
        query,
        features,
        heads,
        candidates,
        topK,
        Optional.empty(),
        Optional.empty());
  }

  /** Whether it asks for an order of items, not for one answer to its features. */
  public boolean ranks() {
    return features.isEmpty();
  }
}

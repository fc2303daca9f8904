package dev.freshet.schemas;

import java.util.Optional;

/**
 * The truth about an earlier query. It may come late, twice or never.
 *
 * @param query id of the query
 * @param item the item it is about, where the query ranked several
 */
public record OutcomeObserved(
    String lineage, String task, String query, Target target, Optional<String> item)
    implements TaskEvent.OfTask {
  public OutcomeObserved {
    TaskKey.requireTask(lineage, task);
    Require.id("query", query);
    item.ifPresent(i -> Require.id("item", i));
  }

  public OutcomeObserved(String lineage, String task, String query, Target target) {
    this(lineage, task, query, target, Optional.empty());
  }
}

package dev.freshet.schemas;

/**
 * The truth about an earlier query. It may come late, twice or never.
 *
 * @param query id of the query
 */
public record OutcomeObserved(String lineage, String task, String query, Target target)
    implements TaskEvent.OfTask {
  public OutcomeObserved {
    TaskKey.requireTask(lineage, task);
    Require.id("query", query);
  }
}

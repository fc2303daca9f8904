package dev.freshet.schemas;

/**
 * Forgets an example: the next prediction is the one that would have been made had it never been
 * there. An example that comes after its retraction stays out.
 *
 * @param example id of the example; {@code outcome:} and the query's id names the example that an
 *     outcome has become
 */
public record ExampleRetracted(String lineage, String task, String example)
    implements TaskEvent.OfTask {
  public ExampleRetracted {
    TaskKey.requireTask(lineage, task);
    Require.id("example", example);
  }
}

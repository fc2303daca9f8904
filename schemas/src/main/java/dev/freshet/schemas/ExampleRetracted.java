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
  private static final int PREFIX_CHARACTERS = "outcome:".length();

  public ExampleRetracted {
    TaskKey.requireTask(lineage, task);
    Require.text("example", example, PREFIX_CHARACTERS + Require.ID_CHARACTERS_MAX);
  }
}

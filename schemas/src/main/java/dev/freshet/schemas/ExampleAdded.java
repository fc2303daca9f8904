package dev.freshet.schemas;

/**
 * A labelled example joins the support of its task.
 *
 * <p>The same id with the same content again is a repetition and changes nothing; with other
 * content it replaces the example, at its new position.
 *
 * @param example id of the example within its task, by which it can be retracted
 */
public record ExampleAdded(
    String lineage, String task, String example, Features features, Target target)
    implements TaskEvent.OfTask {
  public ExampleAdded {
    TaskKey.requireTask(lineage, task);
    Require.id("example", example);
  }
}

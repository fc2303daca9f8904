package dev.freshet.adaptation.runtime;

/**
 * One question to an adapted task. Not a record: its vector is referenced and has no value
 * equality.
 */
public final class PredictQuery {
  private final AdaptedTask task;
  private final String head;
  private final float[] vector;

  /**
   * Asks a task.
   *
   * @param head one of the heads in the release's manifest
   * @param vector referenced, not copied; must be finite
   */
  public PredictQuery(AdaptedTask task, String head, float[] vector) {
    VectorGuard.check("Query vector for head '" + head + "'", vector);
    this.task = task;
    this.head = head;
    this.vector = vector;
  }

  public AdaptedTask task() {
    return task;
  }

  public String head() {
    return head;
  }

  public float[] vector() {
    return vector;
  }
}

package dev.freshet.trainer.training;

/** Told how training goes, on the thread that trains. */
public interface TrainingListener {
  /** Tells nobody. */
  TrainingListener SILENT = new TrainingListener() {};

  /**
   * After every step.
   *
   * @param done steps so far, at most {@code of}
   * @param loss of this step's tasks
   */
  default void stepped(int done, int of, double loss) {}

  /** After every look at the held-out classes, once its checkpoint is on disk. */
  default void looked(Look look) {}
}

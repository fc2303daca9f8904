package dev.freshet.trainer.training;

import java.util.List;

/** Where tasks to train on come from. What it draws depends on the number alone. */
public interface TaskSource {
  /**
   * Draws a call's worth.
   *
   * @param number from 0; another number, other tasks
   * @param tasks how many, all of about one size, so that little is padded
   */
  List<TrainingTask> draw(int number, int tasks);

  /** Says what is drawn from and how; equal for sources that draw the same. */
  String identity();
}

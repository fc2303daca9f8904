package dev.freshet.trainer.refresh;

import dev.freshet.trainer.training.TaskSource;
import dev.freshet.trainer.training.TrainingTask;
import java.util.List;

/** Half of each: tasks of classes that are new, and of those that come again. */
record MixedTasks(TaskSource ofNew, TaskSource ofRecurring) implements TaskSource {
  @Override
  public List<TrainingTask> draw(int number, int tasks) {
    return (number % 2 == 0 ? ofNew : ofRecurring).draw(number / 2, tasks);
  }

  @Override
  public String identity() {
    return "new: " + ofNew.identity() + "; recurring: " + ofRecurring.identity();
  }
}

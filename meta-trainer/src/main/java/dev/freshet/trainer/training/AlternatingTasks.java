package dev.freshet.trainer.training;

import java.util.List;

/** From one source and the other, by turns: half of each. */
record AlternatingTasks(TaskSource even, TaskSource odd) implements TaskSource {
  @Override
  public List<TrainingTask> draw(int number, int tasks) {
    return (number % 2 == 0 ? even : odd).draw(number / 2, tasks);
  }

  @Override
  public String identity() {
    return even.identity() + "; " + odd.identity();
  }
}

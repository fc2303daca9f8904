package dev.freshet.trainer.refresh;

import dev.freshet.trainer.training.TaskSource;
import dev.freshet.trainer.training.TrainingTask;
import java.util.List;

/** Tasks of a source that nobody draws who begins at the first. */
record LaterTasks(TaskSource source) implements TaskSource {
  private static final int FIRST = 1_000_000;

  @Override
  public List<TrainingTask> draw(int number, int tasks) {
    return source.draw(FIRST + number, tasks);
  }

  @Override
  public String identity() {
    return "from number " + FIRST + ": " + source.identity();
  }
}

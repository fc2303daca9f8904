package dev.freshet.trainer.training;

import dev.freshet.trainer.taskstream.NumberedSeed;
import java.util.List;
import java.util.Random;

/**
 * Tasks some of whose rows, examples and queries alike, bear another label than their own in every
 * other call: people's labels are never quite right, while a dictionary's are, and whoever has only
 * seen the latter is too sure.
 *
 * @param share of the rows of a task, 0 to below 1
 */
record MistakenTasks(TaskSource source, double share, long seed) implements TaskSource {
  MistakenTasks {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          "%s of the labels are to be wrong, expected 0 to below 1.".formatted(share));
    }
  }

  @Override
  public List<TrainingTask> draw(int number, int tasks) {
    List<TrainingTask> drawn = source.draw(number, tasks);
    // Sources alternate by number: of either, every other one.
    if (number / 2 % 2 == 0) {
      return drawn;
    }
    Random random = NumberedSeed.random(seed, number);
    return drawn.stream().map(task -> mistaken(task, random)).toList();
  }

  private TrainingTask mistaken(TrainingTask task, Random random) {
    return new TrainingTask(
        task.names(),
        mistaken(task.examples(), task.ways(), random),
        mistaken(task.queries(), task.ways(), random));
  }

  private List<TrainingTask.Row> mistaken(List<TrainingTask.Row> rows, int ways, Random random) {
    return rows.stream()
        .map(
            row -> {
              boolean wrong = random.nextDouble() < share;
              int other = (row.way() + 1 + random.nextInt(ways - 1)) % ways;
              return wrong ? new TrainingTask.Row(other, row.vector()) : row;
            })
        .toList();
  }

  @Override
  public String identity() {
    return "%s; %s of the rows of every other call mistaken".formatted(source.identity(), share);
  }
}

package dev.freshet.trainer.sine;

import dev.freshet.trainer.training.TaskSource;
import dev.freshet.trainer.training.TrainingTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sines, each with ten points to adapt to and ten to judge by, all drawn evenly from −5 to 5. */
record SineTasks(long seed) implements TaskSource {
  static final int POINTS = 10;

  @Override
  public List<TrainingTask> draw(int number, int tasks) {
    Random random = random(number);
    List<TrainingTask> drawn = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      Sine sine = Sine.draw(random);
      drawn.add(TrainingTask.scored(points(sine, random), points(sine, random)));
    }
    return drawn;
  }

  static List<TrainingTask.Row> points(Sine sine, Random random) {
    List<TrainingTask.Row> points = new ArrayList<>();
    for (int i = 0; i < POINTS; i++) {
      points.add(sine.row(Sine.X_MAX * (2 * random.nextDouble() - 1)));
    }
    return points;
  }

  /** Consecutive seeds of java.util.Random begin alike; an odd factor keeps them apart. */
  private Random random(int number) {
    return new Random((seed * 0x9E3779B97F4A7C15L + number) * 0xBF58476D1CE4E5B9L);
  }

  @Override
  public String identity() {
    return "sines, seed " + seed;
  }
}

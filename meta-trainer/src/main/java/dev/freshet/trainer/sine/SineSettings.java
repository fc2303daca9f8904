package dev.freshet.trainer.sine;

import dev.freshet.adaptation.runtime.Device;

/**
 * How long the experiment takes.
 *
 * @param iterations of the outer loop, for each of the two networks
 * @param tasksPerIteration 25 in the paper's code
 * @param tasks that both are judged by
 * @param seed of networks and tasks
 */
public record SineSettings(
    int iterations, int tasksPerIteration, int tasks, Device device, long seed) {
  /** As in the paper: 70,000 iterations of 25 tasks. */
  public static final SineSettings OF_THE_PAPER = new SineSettings(70_000, 25, 600, Device.CPU, 1);

  public SineSettings {
    requireBetween("iterations", iterations, 1, 1_000_000);
    requireBetween("tasksPerIteration", tasksPerIteration, 2, 4_096);
    requireBetween("tasks", tasks, 2, 100_000);
  }

  private static void requireBetween(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s is %d, expected %d to %d.".formatted(what, value, min, max));
    }
  }
}

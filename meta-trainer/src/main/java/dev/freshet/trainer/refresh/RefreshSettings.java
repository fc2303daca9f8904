package dev.freshet.trainer.refresh;

import dev.freshet.trainer.episode.EpisodeSampler;
import dev.freshet.trainer.training.TrainingSettings;

/**
 * How a refresh is made.
 *
 * @param training of the outer loop; its seed is that of the split and of all tasks
 * @param trainClassesMin with fewer to train on, there is not enough yet
 * @param textsPerClassMin distinct texts that a class needs to take part
 * @param textsPerClassMax the latest are taken
 * @param choosingShare of the classes that choose among candidates and decide when to stop
 * @param judgingShare of the classes that the challenger and the champion are set against on
 * @param sideClassesMin of either of the two
 * @param streamTasks on which they are set against each other, of up to five labels
 * @param episodes on which too
 */
public record RefreshSettings(
    TrainingSettings training,
    int trainClassesMin,
    int textsPerClassMin,
    int textsPerClassMax,
    double choosingShare,
    double judgingShare,
    int sideClassesMin,
    int streamTasks,
    int episodes) {
  /** A minute or two on one thread. */
  public static final RefreshSettings DEFAULT =
      new RefreshSettings(
          TrainingSettings.DEFAULT.withSteps(120).withChecks(15, 3).withRates(0.01, 0.002),
          8,
          EpisodeSampler.TEXTS_PER_LABEL_MIN,
          400,
          0.15,
          0.25,
          3,
          100,
          200);

  public RefreshSettings {
    require("trainClassesMin", trainClassesMin, 2, 1_000_000);
    require("textsPerClassMin", textsPerClassMin, EpisodeSampler.TEXTS_PER_LABEL_MIN, 1_000_000);
    require("textsPerClassMax", textsPerClassMax, textsPerClassMin, 1_000_000);
    require("choosingShare", choosingShare, 0.05, 0.4);
    require("judgingShare", judgingShare, 0.05, 0.4);
    require("sideClassesMin", sideClassesMin, 2, 1_000);
    require("streamTasks", streamTasks, 2, 100_000);
    require("episodes", episodes, 2, 100_000);
  }

  public RefreshSettings withTraining(TrainingSettings other) {
    return new RefreshSettings(
        other,
        trainClassesMin,
        textsPerClassMin,
        textsPerClassMax,
        choosingShare,
        judgingShare,
        sideClassesMin,
        streamTasks,
        episodes);
  }

  /** Of the last phase, which learns some tens of numbers. */
  int calibrationSteps() {
    return Math.max(1, training.steps() / 3);
  }

  public RefreshSettings withSeed(long seed) {
    return withTraining(training.withSeed(seed));
  }

  public RefreshSettings withSteps(int steps) {
    return withTraining(training.withSteps(steps));
  }

  /** How many classes choose, of so many. */
  int choosing(int classes) {
    return Math.max(sideClassesMin, (int) Math.round(choosingShare * classes));
  }

  /** How many classes judge, of so many. */
  int judging(int classes) {
    return Math.max(sideClassesMin, (int) (judgingShare * classes));
  }

  private static void require(String what, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          "%s is %s, expected %s to %s.".formatted(what, value, min, max));
    }
  }
}

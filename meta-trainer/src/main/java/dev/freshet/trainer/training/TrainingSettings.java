package dev.freshet.trainer.training;

import dev.freshet.adaptation.runtime.Device;

/**
 * How long and how fast to train.
 *
 * @param steps of the outer loop, at most
 * @param callsPerStep batches whose gradients are summed before a step; each has tasks of one size
 * @param tasksPerCall tasks of a batch
 * @param numberRate Adam's rate for numbers that say how to adapt, such as temperatures
 * @param weightRate Adam's rate for weights of layers
 * @param gradientNormMax longer gradients are shortened to this
 * @param checkEvery steps between looks at the held-out classes; a checkpoint is written at each
 * @param patience looks without an improvement after which training stops
 * @param heldOutCalls batches that the held-out classes are judged by
 * @param heldOutShare of the corpus's classes
 * @param seed of the split and of all tasks
 */
public record TrainingSettings(
    int steps,
    int callsPerStep,
    int tasksPerCall,
    double numberRate,
    double weightRate,
    double gradientNormMax,
    int checkEvery,
    int patience,
    int heldOutCalls,
    double heldOutShare,
    TaskSizes sizes,
    Device device,
    long seed) {
  /** A minute or two for a linear head on two cores. */
  public static final TrainingSettings DEFAULT =
      new TrainingSettings(
          600, 8, 4, 0.01, 0.001, 1, 30, 6, 120, 0.15, TaskSizes.DEFAULT, Device.CPU, 1);

  public TrainingSettings {
    requireBetween("steps", steps, 1, 1_000_000);
    requireBetween("callsPerStep", callsPerStep, 1, 1_000);
    requireBetween("tasksPerCall", tasksPerCall, 1, 4_096);
    requireBetween("checkEvery", checkEvery, 1, 1_000_000);
    requireBetween("patience", patience, 1, 1_000_000);
    requireBetween("heldOutCalls", heldOutCalls, 2, 10_000);
    requireBetween("numberRate", numberRate, 0, 1);
    requireBetween("weightRate", weightRate, 0, 1);
    requireBetween("gradientNormMax", gradientNormMax, 1e-6, 1e6);
    requireBetween("heldOutShare", heldOutShare, 0.01, 0.5);
  }

  public TrainingSettings withSteps(int most) {
    return new TrainingSettings(
        most,
        callsPerStep,
        tasksPerCall,
        numberRate,
        weightRate,
        gradientNormMax,
        checkEvery,
        patience,
        heldOutCalls,
        heldOutShare,
        sizes,
        device,
        seed);
  }

  public TrainingSettings withTasksPerCall(int tasks) {
    return new TrainingSettings(
        steps,
        callsPerStep,
        tasks,
        numberRate,
        weightRate,
        gradientNormMax,
        checkEvery,
        patience,
        heldOutCalls,
        heldOutShare,
        sizes,
        device,
        seed);
  }

  public TrainingSettings withSeed(long other) {
    return new TrainingSettings(
        steps,
        callsPerStep,
        tasksPerCall,
        numberRate,
        weightRate,
        gradientNormMax,
        checkEvery,
        patience,
        heldOutCalls,
        heldOutShare,
        sizes,
        device,
        other);
  }

  /** Looks at the held-out classes so often, and gives up after so many in vain. */
  public TrainingSettings withChecks(int every, int inVain) {
    return new TrainingSettings(
        steps,
        callsPerStep,
        tasksPerCall,
        numberRate,
        weightRate,
        gradientNormMax,
        every,
        inVain,
        heldOutCalls,
        heldOutShare,
        sizes,
        device,
        seed);
  }

  public TrainingSettings withRates(double ofNumbers, double ofWeights) {
    return new TrainingSettings(
        steps,
        callsPerStep,
        tasksPerCall,
        ofNumbers,
        ofWeights,
        gradientNormMax,
        checkEvery,
        patience,
        heldOutCalls,
        heldOutShare,
        sizes,
        device,
        seed);
  }

  public TrainingSettings withSizes(TaskSizes others) {
    return new TrainingSettings(
        steps,
        callsPerStep,
        tasksPerCall,
        numberRate,
        weightRate,
        gradientNormMax,
        checkEvery,
        patience,
        heldOutCalls,
        heldOutShare,
        others,
        device,
        seed);
  }

  public TrainingSettings withDevice(Device other) {
    return new TrainingSettings(
        steps,
        callsPerStep,
        tasksPerCall,
        numberRate,
        weightRate,
        gradientNormMax,
        checkEvery,
        patience,
        heldOutCalls,
        heldOutShare,
        sizes,
        other,
        seed);
  }

  /** Warm-up over the first twentieth, then half a cosine down to a tenth. */
  double rateFactor(int step) {
    double warmUp = Math.max(1, steps / 20.0);
    double cosine = 0.5 * (1 + Math.cos(Math.PI * step / steps));
    return Math.min(1, (step + 1) / warmUp) * (0.1 + 0.9 * cosine);
  }

  private static void requireBetween(String what, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          "%s is %s, expected %s to %s.".formatted(what, text(value), text(min), text(max)));
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}

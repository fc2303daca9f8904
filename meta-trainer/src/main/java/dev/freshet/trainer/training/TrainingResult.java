package dev.freshet.trainer.training;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.TrainedLearner;
import java.util.List;

/**
 * What came of training.
 *
 * @param start what it began with
 * @param learner as it was at the best look
 * @param looks in their order; the first is before any step
 * @param steps how many were made
 * @param stepsLeftOut of them, for a gradient that was not finite
 */
public record TrainingResult(
    Learner start, TrainedLearner learner, List<Look> looks, int steps, int stepsLeftOut) {
  public TrainingResult {
    looks = List.copyOf(looks);
  }

  /** What the untrained learner scores. */
  public HeldOutScore before() {
    return looks.get(0).heldOut();
  }

  /** What {@link #learner} scores; never worse than before, as the same tasks chose it. */
  public Look best() {
    return Look.best(looks);
  }
}

package dev.freshet.trainer.refresh;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.TrainedLearner;
import dev.freshet.trainer.training.Beginning;
import dev.freshet.trainer.training.HeldOutScore;
import dev.freshet.trainer.training.Trainer;
import dev.freshet.trainer.training.TrainingListener;
import dev.freshet.trainer.training.TrainingResult;
import dev.freshet.trainer.training.TrainingTasks;
import java.util.List;
import java.util.Optional;

/**
 * What came of training from the champion.
 *
 * <p>A metric is refitted first. Its scatter is a mean of the champion's and that of the classes at
 * hand; how much the latter weigh is chosen on classes that neither saw, from none to all: few
 * classes of a far domain, and many of one that the champion knows, ask for different weights, and
 * no count of rows tells which. Then everything is learned by gradient, directions of the metric
 * included: among other domains' classes they would not carry over, here they are of the domain.
 * Last, all but the directions is learned once more, on the choosing classes: of classes that the
 * metric was learned on it would be too sure.
 *
 * @param metricShare weight of the new classes in the metric; 0 for a learner without one
 * @param champion the champion on the choosing classes
 * @param training from the refitted start; kept is what is best on the choosing classes
 * @param calibration after it, on the choosing classes
 */
public record Challenger(
    double metricShare,
    HeldOutScore champion,
    TrainingResult training,
    TrainingResult calibration) {
  private static final List<Double> SHARES = List.of(0.25, 0.5, 0.75, 1.0);

  /**
   * Trains.
   *
   * @param tasks whose held-out side chooses
   */
  static Challenger train(
      Learner champion,
      TrainingTasks tasks,
      Trainer trainer,
      Trainer calibrator,
      TrainingListener listener) {
    HeldOutScore before = trainer.judge(champion, tasks.judging());
    Learner best = champion;
    HeldOutScore bestScore = before;
    double bestShare = 0;
    if (Beginning.hasMetric(champion)) {
      for (double share : SHARES) {
        Learner refitted = Beginning.refitted(champion, tasks.classes(), share);
        HeldOutScore score = trainer.judge(refitted, tasks.judging());
        if (score.logLoss() < bestScore.logLoss()) {
          best = refitted;
          bestScore = score;
          bestShare = share;
        }
      }
    }
    LearnedAxes learner = new LearnedAxes(best);
    TrainingResult result = trainer.train(learner, tasks, Optional.empty(), listener);
    TrainedLearner trained = learner.with(result.learner().initialization());
    TrainingResult calibration =
        calibrator.train(
            trained,
            new LaterTasks(tasks.judging()),
            tasks.judging(),
            Optional.empty(),
            TrainingListener.SILENT);
    return new Challenger(bestShare, before, result, calibration);
  }

  /** What is kept. */
  public TrainedLearner learner() {
    return calibration.learner();
  }

  /** Whether anything differs from the champion at all. */
  boolean differsFrom(Learner champion) {
    return !learner().initialization().equals(champion.initialization());
  }
}

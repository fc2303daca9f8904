package dev.freshet.trainer.refresh;

import dev.freshet.adaptation.learner.DomainMetric;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.TrainedLearner;
import dev.freshet.trainer.training.Beginning;
import dev.freshet.trainer.training.DomainMetricFit;
import dev.freshet.trainer.training.HeldOutScore;
import dev.freshet.trainer.training.Trainer;
import dev.freshet.trainer.training.TrainingListener;
import dev.freshet.trainer.training.TrainingResult;
import dev.freshet.trainer.training.TrainingTasks;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What came of training from the champion.
 *
 * <p>First come metrics, each chosen on classes that nothing was fitted to. A whitening's scatter
 * is a mean of the champion's and that of the classes at hand; how much the latter weigh is chosen
 * from none to all: few classes of a far domain, and many of one that the champion knows, ask for
 * different weights, and no count of rows tells which. A {@link DomainMetric} is learned from the
 * tasks, drawn towards the plain metric by a pull that is chosen alike; where none helps, the
 * champion's stays. Then everything is learned by gradient, directions of the whitening included:
 * among other domains' classes they would not carry over, here they are of the domain. Last, all
 * but the directions is learned once more, on the choosing classes: of classes that the metric was
 * learned on it would be too sure.
 *
 * @param metricShare weight of the new classes in the metric; 0 for a learner without one
 * @param domainPull that the domain's metric was learned under; 0 where the champion's stayed
 * @param champion the champion on the choosing classes
 * @param training from the refitted start; kept is what is best on the choosing classes
 * @param calibration after it, on the choosing classes
 */
public record Challenger(
    double metricShare,
    double domainPull,
    HeldOutScore champion,
    TrainingResult training,
    TrainingResult calibration) {
  private static final List<Double> SHARES = List.of(0.25, 0.5, 0.75, 1.0);
  private static final List<Double> PULLS = List.of(0.003, 0.01, 0.03, 0.1);

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
    double bestPull = 0;
    OptionalInt rank = Beginning.domainRank(champion);
    Learner whitened = best;
    for (double pull : rank.isPresent() ? PULLS : List.<Double>of()) {
      DomainMetric metric =
          DomainMetricFit.DEFAULT
              .withDecay(pull)
              .fit(tasks.training(), champion.features(), rank.getAsInt(), trainer.device());
      Learner inDomain = Beginning.withDomain(whitened, metric);
      HeldOutScore score = trainer.judge(inDomain, tasks.judging());
      if (score.logLoss() < bestScore.logLoss()) {
        best = inDomain;
        bestScore = score;
        bestPull = pull;
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
    return new Challenger(bestShare, bestPull, before, result, calibration);
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

package dev.freshet.trainer.sine;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.tensor.Tensor;
import dev.freshet.trainer.embedding.Progress;
import dev.freshet.trainer.sine.SineResults.Curve;
import dev.freshet.trainer.sine.SineResults.Example;
import dev.freshet.trainer.training.TaskSizes;
import dev.freshet.trainer.training.Trainer;
import dev.freshet.trainer.training.TrainingListener;
import dev.freshet.trainer.training.TrainingSettings;
import dev.freshet.trainer.training.TrainingTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * MAML against the same network pretrained on all tasks, by the trainer and the learners that serve
 * everything else. Both have the same start, tasks, optimiser and number of updates; pretraining is
 * an inner loop at rate 0.
 *
 * <p>The pretrained network is fine-tuned at the best of several rates, tuned on other tasks for
 * each number of steps apart; MAML at the rate it was trained with.
 */
public final class SineExperiment {
  private static final int STEPS_MAX = 10;
  private static final double OUTER_RATE = 0.001;
  private static final List<Double> RATES =
      List.of(0.0001, 0.0002, 0.0005, 0.001, 0.0015, 0.002, 0.005, 0.01, 0.02, 0.05);

  private static final long JUDGED_SEED = 0x5111E;
  private static final long TUNED_SEED = 0x7111E;
  private static final int TUNED_TASKS = 200;
  private static final int LOOKS = 20;

  private final SineSettings settings;
  private final Progress progress;
  private final SineJudge judge;
  private final SineJudge tuning;

  private SineExperiment(SineSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
    this.judge = new SineJudge(settings.device(), settings.tasks(), JUDGED_SEED + settings.seed());
    this.tuning =
        new SineJudge(
            settings.device(),
            Math.min(TUNED_TASKS, settings.tasks()),
            TUNED_SEED + settings.seed());
  }

  /**
   * Trains both networks and judges them.
   *
   * @param progress told of "MAML" and "pretraining"
   */
  public static SineResults run(SineSettings settings, Progress progress) {
    return new SineExperiment(settings, progress).run();
  }

  private SineResults run() {
    long start = System.nanoTime();
    Map<String, Tensor> maml = trained("MAML", SineNetwork.RATE);
    double trainingSeconds = (System.nanoTime() - start) / 1e9;
    Map<String, Tensor> pretrained = trained("pretraining", 0);
    List<SineResults.Row> rows = new ArrayList<>();
    for (int steps = 0; steps <= STEPS_MAX; steps++) {
      double rate = bestRate(pretrained, steps);
      rows.add(
          new SineResults.Row(
              steps,
              judge.error(network(steps, SineNetwork.RATE), maml),
              judge.error(network(steps, rate), pretrained),
              rate));
    }
    return new SineResults(
        settings,
        rows,
        example(maml),
        (System.nanoTime() - start) / 1e9,
        settings.iterations() / trainingSeconds);
  }

  private Learner network(int steps, double rate) {
    return SineNetwork.of(steps, rate, settings.seed());
  }

  private Map<String, Tensor> trained(String what, double rate) {
    TrainingSettings training =
        new TrainingSettings(
            settings.iterations(),
            1,
            settings.tasksPerIteration(),
            OUTER_RATE,
            OUTER_RATE,
            10,
            Math.max(1, settings.iterations() / LOOKS),
            LOOKS + 1,
            8,
            0.01,
            TaskSizes.DEFAULT,
            settings.device(),
            settings.seed());
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(int done, int of, double loss) {
            progress.at(what, done, of);
          }
        };
    return new Trainer(training)
        .train(
            network(1, rate),
            new SineTasks(settings.seed()),
            new SineTasks(~settings.seed()),
            Optional.empty(),
            listener)
        .learner()
        .initialization();
  }

  private double bestRate(Map<String, Tensor> pretrained, int steps) {
    double best = RATES.get(0);
    double least = Double.POSITIVE_INFINITY;
    for (double rate : RATES) {
      double error = steps == 0 ? 0 : tuning.error(network(steps, rate), pretrained).mean();
      if (error < least) {
        least = error;
        best = rate;
      }
    }
    return best;
  }

  private Example example(Map<String, Tensor> maml) {
    TrainingTask task = judge.task(0);
    List<Curve> curves = new ArrayList<>();
    curves.add(
        new Curve("truth", task.queries().stream().map(row -> (double) row.target()).toList()));
    for (int steps : new int[] {0, 1, STEPS_MAX}) {
      String name =
          switch (steps) {
            case 0 -> "MAML, before";
            case 1 -> "MAML, 1 step";
            default -> "MAML, " + steps + " steps";
          };
      curves.add(new Curve(name, judge.answers(network(steps, SineNetwork.RATE), maml, task)));
    }
    return new Example(
        SineJudge.grid(),
        curves,
        task.examples().stream().map(row -> (double) row.vector().values()[0]).toList(),
        task.examples().stream().map(row -> (double) row.target()).toList());
  }
}

package dev.freshet.trainer.training;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.TrainedLearner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One training from start, or checkpoint, to end. */
final class TrainingRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);

  private final Learner start;
  private final TaskSource training;
  private final TrainingSettings settings;
  private final TrainingListener listener;
  private final MetaParameters parameters;
  private final OuterLoop outer;
  private final HeldOutTasks heldOut;

  private final List<Look> looks = new ArrayList<>();
  private SortedMap<String, double[]> best;
  private int step;
  private double lossSinceLook;
  private int stepsSinceLook;

  TrainingRun(
      Learner start,
      TaskSource training,
      TaskSource judging,
      TrainingSettings settings,
      TrainingListener listener) {
    this.start = start;
    this.training = training;
    this.settings = settings;
    this.listener = listener;
    this.parameters = new MetaParameters(start);
    this.heldOut = new HeldOutTasks(start, judging, settings);
    this.outer = new OuterLoop(start, parameters, settings);
    this.best = outer.coordinates();
  }

  TrainingResult train(Optional<CheckpointFile> file) {
    Optional<Checkpoint> saved = file.flatMap(CheckpointFile::read);
    saved.ifPresentOrElse(this::resume, () -> look(file));
    while (step < settings.steps() && Look.inVain(looks) < settings.patience()) {
      double loss = makeStep();
      listener.stepped(step, settings.steps(), loss);
      if (step % settings.checkEvery() == 0 || step == settings.steps()) {
        look(file);
      }
    }
    return new TrainingResult(
        start,
        new TrainedLearner(start, parameters.tensors(best)),
        looks,
        step,
        step - outer.updates());
  }

  private void resume(Checkpoint saved) {
    step = saved.step();
    outer.restore(saved.optimizer());
    best = Arrays64.copy(saved.best());
    looks.addAll(saved.looks());
  }

  private double makeStep() {
    List<List<TrainingTask>> calls = new ArrayList<>();
    for (int call = 0; call < settings.callsPerStep(); call++) {
      int number = step * settings.callsPerStep() + call;
      calls.add(training.draw(number, settings.tasksPerCall()));
    }
    OuterLoop.Outcome outcome = outer.make(calls, step);
    if (outcome.moved()) {
      lossSinceLook += outcome.loss();
      stepsSinceLook++;
    } else {
      LOG.warn("Step {} of training '{}' is left out: not finite.", step + 1, start.name());
    }
    step++;
    return outcome.loss();
  }

  private void look(Optional<CheckpointFile> file) {
    SortedMap<String, double[]> coordinates = outer.coordinates();
    HeldOutScore score = heldOut.judge(parameters.tensors(coordinates));
    if (!Double.isFinite(score.logLoss())) {
      throw new IllegalStateException(
          "Training '%s' diverged: after %d steps the held-out log loss is %s. Lower the rates."
              .formatted(start.name(), step, score.logLoss()));
    }
    double loss = stepsSinceLook == 0 ? 0 : lossSinceLook / stepsSinceLook;
    Look look = new Look(step, loss, score);
    looks.add(look);
    if (Look.best(looks).equals(look)) {
      best = coordinates;
    }
    lossSinceLook = 0;
    stepsSinceLook = 0;
    file.ifPresent(to -> to.write(checkpoint()));
    listener.looked(look);
  }

  private Checkpoint checkpoint() {
    return new Checkpoint(step, outer.state(), best, looks);
  }

  @Override
  public void close() {
    outer.close();
    heldOut.close();
  }
}

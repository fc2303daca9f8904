package dev.freshet.trainer.training;

import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.runtime.Device;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Learns a learner's initialisation by its own outer gradient, whichever that is. The same start,
 * tasks and settings give the same bits on the same kind of processor, also when training is cut
 * short and resumed.
 */
public final class Trainer {
  private final TrainingSettings settings;

  public Trainer(TrainingSettings settings) {
    this.settings = settings;
  }

  /**
   * Trains until the steps are used up or the held-out classes have stopped to profit.
   *
   * @param start what to begin with: see {@link Beginning}
   * @param training tasks to learn from
   * @param judging tasks of other classes, which decide when to stop and what is kept
   * @param checkpoint read if it is there, written at every look; empty to keep none
   * @throws IllegalStateException if the checkpoint is damaged or of another training
   */
  public TrainingResult train(
      Learner start,
      TaskSource training,
      TaskSource judging,
      Optional<Path> checkpoint,
      TrainingListener listener) {
    requireLoss(start);
    Optional<CheckpointFile> file =
        checkpoint.map(
            path ->
                new CheckpointFile(path, TrainingIdentity.of(start, settings, training, judging)));
    try (TrainingRun run = new TrainingRun(start, training, judging, settings, listener)) {
      return run.train(file);
    }
  }

  /** What it computes on. */
  public Device device() {
    return settings.device();
  }

  /** How good a learner is as it stands, on the tasks that {@link #train} would judge it by. */
  public HeldOutScore judge(Learner learner, TaskSource judging) {
    try (HeldOutTasks tasks = new HeldOutTasks(learner, judging, settings)) {
      return tasks.judge(learner.initialization());
    }
  }

  /** As the other, on both sides of a corpus. */
  public TrainingResult train(
      Learner start, TrainingTasks tasks, Optional<Path> checkpoint, TrainingListener listener) {
    return train(start, tasks.training(), tasks.judging(), checkpoint, listener);
  }

  /** The loss is of the default head: of labels their log loss, of numbers the squared error. */
  private static void requireLoss(Learner start) {
    String head = start.defaultHeads().get(0);
    boolean ranks =
        start.heads().stream()
            .anyMatch(h -> h.name().equals(head) && h.kind() == Head.Kind.RANKING);
    if (ranks) {
      throw new IllegalArgumentException(
          "Head '%s' of learner '%s' ranks, expected one that tells labels apart or gives numbers."
              .formatted(head, start.name()));
    }
  }
}

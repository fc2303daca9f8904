package dev.freshet.trainer.training;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseWriter;
import dev.freshet.trainer.corpus.Corpus;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A release made of what was trained. Without a clock in it: the same training gives the same
 * digest.
 *
 * @param lineage the line of meta-models
 * @param id of the release
 * @param encoder id of what turned texts into vectors
 * @param parent the release that training began with, if one
 * @param notes Markdown for the model card: what training cannot know, such as how good it is
 *     elsewhere; may be empty
 */
public record TrainedRelease(
    String lineage, String id, String encoder, Optional<String> parent, String notes) {

  /** Without notes. */
  public TrainedRelease(String lineage, String id, String encoder, Optional<String> parent) {
    this(lineage, id, encoder, parent, "");
  }

  /** Writes it, or finds it there already; a directory that holds anything else is left alone. */
  public Release write(
      Path directory, TrainingResult result, TrainingTasks tasks, TrainingSettings settings) {
    return new ReleaseWriter().write(directory, draft(result, tasks, settings), result.learner());
  }

  /** The same in memory only. */
  public Release assemble(TrainingResult result, TrainingTasks tasks, TrainingSettings settings) {
    return new ReleaseWriter().assemble(draft(result, tasks, settings), result.learner());
  }

  private ReleaseDraft draft(
      TrainingResult result, TrainingTasks tasks, TrainingSettings settings) {
    String card = new TrainedModelCard(this, result, tasks, settings).markdown();
    return new ReleaseDraft(
        lineage, id, encoder, trainingData(tasks, settings), scores(result), parent, card);
  }

  static String trainingData(TrainingTasks tasks, TrainingSettings settings) {
    return String.format(
        Locale.ROOT,
        "%s; of the same source %s to decide when to stop; split and tasks by seed %d%s.",
        size(tasks.train()),
        size(tasks.heldOut()),
        settings.seed(),
        tasks.mistakes() == 0
            ? ""
            : "; wrong labels on " + tasks.mistakes() + " of the rows of every other task");
  }

  private static String size(Corpus corpus) {
    return String.format(
        Locale.ROOT,
        "%s: %d classes, %d texts",
        corpus.name(),
        corpus.categories().size(),
        corpus.texts());
  }

  private static Map<String, Double> scores(TrainingResult result) {
    HeldOutScore best = result.best().heldOut();
    Map<String, Double> scores = new TreeMap<>();
    scores.put("heldOutAccuracy", best.accuracy());
    scores.put("heldOutLogLoss", best.logLoss());
    scores.put("heldOutAccuracyUntrained", result.before().accuracy());
    scores.put("heldOutLogLossUntrained", result.before().logLoss());
    return scores;
  }
}

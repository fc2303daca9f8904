package dev.freshet.trainer.training;

import dev.freshet.adaptation.tensor.Tensor;
import java.util.Locale;
import java.util.Map;

/** Tells what was trained, on what, and how far its scores can be trusted. */
final class TrainedModelCard {
  /** Larger tensors are told by their size alone. */
  private static final int VALUES_SHOWN_MAX = 16;

  private final TrainedRelease release;
  private final TrainingResult result;
  private final TrainingTasks tasks;
  private final TrainingSettings settings;

  TrainedModelCard(
      TrainedRelease release,
      TrainingResult result,
      TrainingTasks tasks,
      TrainingSettings settings) {
    this.release = release;
    this.result = result;
    this.tasks = tasks;
    this.settings = settings;
  }

  String markdown() {
    return String.join("\n", what(), data(), scores(), release.notes(), learned(), limits());
  }

  private String what() {
    String from =
        release.parent().map(parent -> "the release " + parent).orElse("its default settings");
    return String.format(
        Locale.ROOT,
        """
        # %s / %s

        **What it is.** The learner `%s` over the encoder `%s`, its initialisation meta-learned from %s
        in %d steps of %d tasks (%d steps left out as not finite). Kept: what it was after step %d.
        Settings: %s.
        """,
        release.lineage(),
        release.id(),
        result.learner().name(),
        release.encoder(),
        from,
        result.steps(),
        settings.callsPerStep() * settings.tasksPerCall(),
        result.stepsLeftOut(),
        result.best().step(),
        result.learner().settings());
  }

  private String data() {
    TaskSizes sizes = settings.sizes();
    return String.format(
        Locale.ROOT,
        """
        **What it was trained on.** %s Tasks of %d to %d ways and up to %d shots, at most %d examples,
        as far as classes and texts go, label names given: half as streams leave them, with uneven counts, half with even counts.
        """,
        TrainedRelease.trainingData(tasks, settings),
        sizes.waysMin(),
        sizes.waysMax(),
        sizes.shotsMax(),
        sizes.examplesMax());
  }

  private String scores() {
    HeldOutScore before = result.before();
    HeldOutScore after = result.best().heldOut();
    return String.format(
        Locale.ROOT,
        """
        **How good it is.** On %d tasks of the held-out classes:

        | | accuracy %% | log loss |
        |---|---|---|
        | before training | %.2f | %.4f |
        | this release | %.2f | %.4f |

        These tasks also chose the step that was kept, so they flatter this release a little. They say
        nothing of texts of another kind: `freshet evaluate` does, beside yardsticks.
        """,
        settings.heldOutCalls() * settings.tasksPerCall(),
        100 * before.accuracy(),
        before.logLoss(),
        100 * after.accuracy(),
        after.logLoss());
  }

  private String learned() {
    StringBuilder table =
        new StringBuilder("**What was learned.**\n\n| | before | after |\n|---|---|---|\n");
    Map<String, Tensor> start = result.start().initialization();
    result
        .learner()
        .initialization()
        .forEach(
            (name, tensor) -> {
              Tensor before = start.getOrDefault(name, tensor);
              table.append(
                  "| %s | %s | %s |\n".formatted(name, shown(before), changed(before, tensor)));
            });
    return table.toString();
  }

  private static String changed(Tensor before, Tensor after) {
    return after.equals(before) ? "the same" : shown(after);
  }

  private static String shown(Tensor tensor) {
    if (tensor.shape().elements() > VALUES_SHOWN_MAX) {
      return tensor.shape() + " numbers";
    }
    StringBuilder values = new StringBuilder();
    for (float value : tensor.toArray()) {
      values
          .append(values.length() == 0 ? "" : " ")
          .append(String.format(Locale.ROOT, "%.4g", value));
    }
    return values.toString();
  }

  private String limits() {
    return """
        **What it is not for.** Texts or vectors of another encoder; decisions about people.
        """;
  }
}

package dev.freshet.standalone;

import dev.freshet.adaptation.release.Release;
import dev.freshet.standalone.console.Console;
import dev.freshet.trainer.readers.ReaderModel;
import dev.freshet.trainer.readers.ReaderSettings;
import dev.freshet.trainer.readers.ReaderTraining;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code freshet train --ratings}: a release to which every user is a task. */
final class ReaderTrain {
  private static final String ALL = "all";
  private static final List<String> EVERY_OTHER =
      List.of("offset-shrinkage", "ridge", "cavia", "maml", "meta-sgd", "anil");

  private final Console console;
  private final SharedOptions shared;

  ReaderTrain(Console console, SharedOptions shared) {
    this.console = console;
    this.shared = shared;
  }

  /**
   * Trains and writes.
   *
   * @param learner of the rating head; {@code all} for the default one and all others beside it
   * @param chosen settings by name
   * @param steps of every outer loop, if not the defaults
   * @param notes for the model card
   */
  void run(
      RatingOptions.Data data,
      String learner,
      Map<String, Double> chosen,
      Optional<Integer> steps,
      long seed,
      String notes,
      Path out) {
    ReaderSettings settings = Input.checked(() -> settings(learner, steps, seed).with(chosen));
    console.note(
        String.format(
            Locale.ROOT,
            "%s: %d ratings, %d before the cut; left out: %d lines that are no rating, %d repeated",
            data.log().name(),
            data.log().ratings().size(),
            data.split().before().size(),
            data.log().unusable(),
            data.log().repeated()));
    try (StepBar bar = new StepBar()) {
      ReaderModel model =
          Input.checked(
              () ->
                  new ReaderTraining(settings, bar::at)
                      .train(data.log().name(), data.split(), data.attributes(), data.segments()));
      String id = String.valueOf(out.toAbsolutePath().getFileName());
      report(model, model.write(out, shared.lineage(), id, notes), out);
    }
  }

  private static ReaderSettings settings(String learner, Optional<Integer> steps, long seed) {
    ReaderSettings settings = ReaderSettings.DEFAULT.withSeed(seed);
    if (learner.equals(ALL)) {
      settings = settings.withLearners(settings.learner(), EVERY_OTHER);
    } else if (!learner.isEmpty()) {
      settings = settings.withLearners(learner, settings.beside());
    }
    return steps.isPresent() ? settings.withSteps(steps.get(), steps.get()) : settings;
  }

  private void report(ReaderModel model, Release release, Path out) {
    if (shared.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("release", release.manifest().release());
      document.put("digest", release.digest());
      document.put("learner", model.settings().learner());
      document.put("items", model.items().ids().size());
      document.put("heldOut", model.scores());
      document.put("directory", out.toAbsolutePath().toString());
      console.document(document);
      return;
    }
    console.result(release + ": " + model.items().ids().size() + " items, in " + out);
    release
        .manifest()
        .scores()
        .forEach(
            (name, value) -> console.result(String.format(Locale.ROOT, "%-40s %.4f", name, value)));
  }
}

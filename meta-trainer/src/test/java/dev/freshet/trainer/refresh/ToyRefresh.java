package dev.freshet.trainer.refresh;

import dev.freshet.adaptation.learner.LdaLearner;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseWriter;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.schemas.Features.TextFeatures;
import dev.freshet.schemas.Label;
import dev.freshet.trainer.corpus.Category;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.history.PastTask;
import dev.freshet.trainer.toy.SlantedEncoder;
import dev.freshet.trainer.toy.ToyCorpus;
import dev.freshet.trainer.toy.ToyEncoder;
import dev.freshet.trainer.training.TaskSizes;
import dev.freshet.trainer.training.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A champion that knows nothing of its domain, and tasks of that domain. */
final class ToyRefresh {
  static final RefreshSettings SETTINGS =
      new RefreshSettings(
          new TrainingSettings(
              6,
              2,
              2,
              0.02,
              0.01,
              1,
              3,
              2,
              12,
              0.25,
              new TaskSizes(2, 5, 6, 30, 20),
              Device.CPU,
              7),
          8,
          20,
          100,
          0.2,
          0.25,
          3,
          20,
          40);

  private ToyRefresh() {}

  static EmbeddingStore store() {
    return EmbeddingStore.inMemory(new SlantedEncoder());
  }

  static Release champion() {
    ReleaseDraft draft =
        new ReleaseDraft(
            "toys", "toy-1", SlantedEncoder.ID, "nothing", Map.of(), Optional.empty(), "# Toy\n");
    Settings settings = Settings.of(LdaLearner.SETTINGS, Map.of("rank", 4.0));
    return new ReleaseWriter().assemble(draft, new LdaLearner(ToyEncoder.DIMENSION, settings));
  }

  /** Four classes a task, each in one task alone. */
  static List<PastTask> tasks(int classes, int textsEach) {
    List<PastTask> tasks = new ArrayList<>();
    List<Category> all = ToyCorpus.of(classes, textsEach).categories();
    for (int from = 0; from < classes; from += 4) {
      tasks.add(task("task-" + from, all.subList(from, Math.min(classes, from + 4))));
    }
    return tasks;
  }

  static PastTask task(String name, List<Category> categories) {
    List<Label> labels = new ArrayList<>();
    List<PastTask.Row> rows = new ArrayList<>();
    for (Category category : categories) {
      labels.add(new Label(category.id(), category.name()));
      for (String text : category.texts()) {
        rows.add(new PastTask.Row(category.id(), new TextFeatures(text), rows.size()));
      }
    }
    return new PastTask(name, labels, rows);
  }

  static Refresh.Request request(Release champion, List<PastTask> tasks) {
    return new Refresh.Request(champion, tasks, "Log of toys up to 0:17", "refresh-2-abc");
  }

  static RefreshOutcome run(Release champion, List<PastTask> tasks, RefreshSettings settings) {
    try (EmbeddingStore store = store()) {
      return new Refresh(settings).run(request(champion, tasks), store, RefreshListener.SILENT);
    }
  }
}

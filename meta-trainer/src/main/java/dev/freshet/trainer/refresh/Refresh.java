package dev.freshet.trainer.refresh;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseWriter;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.history.PastTask;
import dev.freshet.trainer.refresh.RefreshOutcome.Judged;
import dev.freshet.trainer.refresh.RefreshOutcome.NotEnough;
import dev.freshet.trainer.training.Beginning;
import dev.freshet.trainer.training.Trainer;
import dev.freshet.trainer.training.TrainingTasks;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a challenger of past tasks and judges it. Publishes nothing. */
public final class Refresh {
  private final RefreshSettings settings;

  public Refresh(RefreshSettings settings) {
    this.settings = settings;
  }

  /** Where the past tasks were read from, and what is to come of them. */
  public record Request(Release champion, List<PastTask> tasks, String log, String id) {
    public Request {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * Trains from the champion and sets what came of it against the champion.
   *
   * @param store of the champion's encoder; stays open
   * @throws IllegalArgumentException if the champion gives numbers, or is of another encoder
   */
  public RefreshOutcome run(Request request, EmbeddingStore store, RefreshListener listener) {
    Release champion = request.champion();
    requireRefreshable(champion, store);
    MaterialCollector collector = new MaterialCollector(store);
    request.tasks().forEach(collector::add);
    Material material =
        collector.collect(
            "log of " + champion.manifest().lineage(),
            settings.textsPerClassMin(),
            settings.textsPerClassMax());
    int classes = material.classes().categories().size();
    int choosing = settings.choosing(classes);
    int judging = settings.judging(classes);
    if (classes - choosing - judging < settings.trainClassesMin()) {
      return new NotEnough(material, tooFew(material, choosing, judging));
    }
    ClassSplit split =
        ClassSplit.of(material.classes(), choosing, judging, settings.training().seed());
    return judged(request, material, split, store, listener);
  }

  private RefreshOutcome judged(
      Request request,
      Material material,
      ClassSplit split,
      EmbeddingStore store,
      RefreshListener listener) {
    Learner start = Beginning.of(request.champion());
    TrainingTasks tasks =
        TrainingTasks.of(split.train(), split.choosing(), store, settings.training(), listener);
    Challenger challenger =
        Challenger.train(
            start,
            choosingAlsoByRecurring(tasks, split, store, listener),
            new Trainer(settings.training()),
            new Trainer(settings.training().withSteps(settings.calibrationSteps())),
            listener);
    if (!challenger.differsFrom(start)) {
      return new Judged(material, split, challenger, Optional.empty(), Optional.empty());
    }
    Gate gate =
        Gate.judge(
            unnamed(request.champion(), challenger),
            request.champion(),
            split,
            material.recurrence(),
            store,
            settings,
            listener);
    RefreshedRelease release =
        new RefreshedRelease(
            request.id(),
            request.champion(),
            request.log(),
            material,
            split,
            challenger,
            gate,
            settings);
    return new Judged(
        material,
        split,
        challenger,
        Optional.of(gate),
        gate.opens() ? Optional.of(release) : Optional.empty());
  }

  /** Half the tasks that choose are then of classes that come again. */
  private TrainingTasks choosingAlsoByRecurring(
      TrainingTasks tasks, ClassSplit split, EmbeddingStore store, RefreshListener listener) {
    if (!split.hasRecurring(settings.sideClassesMin())) {
      return tasks;
    }
    TrainingTasks recurring =
        TrainingTasks.of(
            split.choosingRecurring(), split.choosing(), store, settings.training(), listener);
    return new TrainingTasks(
        tasks.train(),
        tasks.heldOut(),
        tasks.training(),
        new MixedTasks(tasks.judging(), recurring.training()),
        tasks.classes());
  }

  /** What is judged has the graphs and tensors of what is published, and no scores yet. */
  static Release unnamed(Release champion, Challenger challenger) {
    ReleaseDraft draft =
        new ReleaseDraft(
            champion.manifest().lineage(),
            "challenger",
            champion.manifest().encoder(),
            "as it is judged",
            Map.of(),
            Optional.of(champion.manifest().release()),
            "# Challenger\n");
    return new ReleaseWriter().assemble(draft, challenger.learner());
  }

  private String tooFew(Material material, int choosing, int judging) {
    return String.format(
        "Not enough yet: the log has %d named classes with at least %d texts of known label (%d have"
            + " fewer), expected at least %d: %d to train on, %d to choose and %d to judge by.",
        material.classes().categories().size(),
        settings.textsPerClassMin(),
        material.tooSmall(),
        settings.trainClassesMin() + choosing + judging,
        settings.trainClassesMin(),
        choosing,
        judging);
  }

  private static void requireRefreshable(Release champion, EmbeddingStore store) {
    if (!champion.manifest().classifies()) {
      throw new IllegalArgumentException(
          "Release %s gives numbers; only releases that tell labels apart can be refreshed."
              .formatted(champion));
    }
    if (champion.manifest().features() != store.dimension()) {
      throw new IllegalArgumentException(
          "Release %s takes %d features, the encoder gives %d."
              .formatted(champion, champion.manifest().features(), store.dimension()));
    }
  }
}

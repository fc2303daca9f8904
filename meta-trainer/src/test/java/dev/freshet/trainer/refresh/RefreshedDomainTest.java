package dev.freshet.trainer.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseReader;
import dev.freshet.encoders.MiniLmEncoder;
import dev.freshet.encoders.TextEncoder;
import dev.freshet.trainer.corpus.Category;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.Skipped;
import dev.freshet.trainer.corpus.WordNetCorpus;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.embedding.Progress;
import dev.freshet.trainer.evaluation.DevelopmentCorpora;
import dev.freshet.trainer.evaluation.Duel;
import dev.freshet.trainer.evaluation.DuelScore;
import dev.freshet.trainer.history.HistoryLimits;
import dev.freshet.trainer.history.LineageHistory;
import dev.freshet.trainer.publish.ShippedRelease;
import dev.freshet.trainer.refresh.RefreshOutcome.Judged;
import dev.freshet.trainer.taskstream.CategoryTaskStream;
import dev.freshet.trainer.taskstream.Step;
import dev.freshet.trainer.taskstream.StreamSettings;
import dev.freshet.trainer.training.Beginning;
import dev.freshet.trainer.training.TrainedRelease;
import dev.freshet.trainer.training.Trainer;
import dev.freshet.trainer.training.TrainingListener;
import dev.freshet.trainer.training.TrainingSettings;
import dev.freshet.trainer.training.TrainingTasks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A log of earlier tasks of one domain, a refresh, and later tasks of that domain: of other
 * classes, and of those that come again with other texts. The champion was trained on WordNet
 * alone, or is the one that ships. Prints the figures; skipped where the sets are not beside the
 * repository.
 */
@Tag("slow")
class RefreshedDomainTest {
  private static final Path OUT = Path.of("target", "refreshing");
  private static final Path EMBEDDINGS = Path.of("target", "embeddings");
  private static final long SEED = 505;

  /** Classes of the later tasks alone. */
  private static final double LATER_SHARE = 0.3;

  private static final int EARLIER_TASKS = 60;
  private static final int LATER_TASKS = 100;

  record Domain(Corpus earlier, Corpus others, Corpus recurring) {}

  @BeforeAll
  static void requireSets() {
    assumeTrue(
        new DevelopmentCorpora().areThere(), "The development data is not beside the repository.");
  }

  @ParameterizedTest
  @CsvSource({
    "ensemble, hwu64",
    "ensemble, usda",
    "lda, hwu64",
    "lda, usda",
    "shipped, hwu64",
    "shipped, usda"
  })
  void laterTasksOfTheDomainAreAnsweredBetter(String champion, String set) {
    Corpus corpus =
        set.equals("hwu64") ? new DevelopmentCorpora().hwu64() : new DevelopmentCorpora().usda();
    try (TextEncoder encoder = MiniLmEncoder.create();
        EmbeddingStore store = EmbeddingStore.open(EMBEDDINGS, encoder)) {
      Release before = champion(champion, store, encoder.id());
      Domain domain = divided(corpus);
      LineageHistory history = history(domain.earlier());
      long start = System.nanoTime();
      RefreshOutcome outcome =
          new Refresh(RefreshSettings.DEFAULT)
              .run(
                  new Refresh.Request(before, history.tasks(), "A stream of " + set, "refreshed"),
                  store,
                  RefreshListener.SILENT);
      System.out.printf(
          Locale.ROOT,
          "%s on %s: %d events, %s; %.0f s%n",
          champion,
          set,
          history.counts().events(),
          outcome.reason(),
          (System.nanoTime() - start) / 1e9);
      assertThat(outcome).isInstanceOf(Judged.class);
      report((Judged) outcome, before, domain, store);
    }
  }

  private static void report(Judged judged, Release before, Domain domain, EmbeddingStore store) {
    System.out.printf(
        Locale.ROOT,
        "  classes %d/%d/%d, metric share %.2f, domain pull %.3f, choosing: log loss %.4f -> %.4f -> %.4f -> %.4f, step %d%n",
        judged.split().train().categories().size(),
        judged.split().choosing().categories().size(),
        judged.split().judging().categories().size(),
        judged.challenger().metricShare(),
        judged.challenger().domainPull(),
        judged.challenger().champion().logLoss(),
        judged.challenger().training().before().logLoss(),
        judged.challenger().training().best().heldOut().logLoss(),
        judged.challenger().calibration().best().heldOut().logLoss(),
        judged.challenger().training().best().step());
    judged
        .gate()
        .ifPresent(gate -> print("gate", gate.streams(), gate.recurring().orElse(gate.even())));
    Release after = Refresh.unnamed(before, judged.challenger());
    for (Corpus later : List.of(domain.others(), domain.recurring())) {
      Duel duel = new Duel(later, store, SEED);
      DuelScore streams = duel.streams(after, before, 5, 10, LATER_TASKS, Progress.SILENT);
      DuelScore even =
          duel.episodes(after, before, 5, List.of(1, 5), 2 * LATER_TASKS, Progress.SILENT);
      print(later.name(), streams, even);
    }
  }

  private static void print(String what, DuelScore streams, DuelScore even) {
    for (DuelScore score : List.of(streams, even)) {
      System.out.printf(
          Locale.ROOT,
          "  %-22s %-7s %.2f %% -> %.2f %%: %+.2f +- %.2f; log loss lower by %.4f +- %.4f%n",
          what,
          score.equals(streams) ? "streams" : "even",
          100 * score.champion().mean(),
          100 * score.challenger().mean(),
          100 * score.accuracyLead().mean(),
          100 * score.accuracyLead().ci95(),
          score.logLossLead().mean(),
          score.logLossLead().ci95());
    }
  }

  /** A quarter of the texts of classes that come again is kept from the log. */
  static Domain divided(Corpus corpus) {
    List<Category> all = new ArrayList<>(corpus.categoriesWithTexts(40));
    Collections.shuffle(all, new Random(SEED));
    int later = (int) Math.max(5, Math.round(LATER_SHARE * all.size()));
    List<Category> earlier = new ArrayList<>();
    List<Category> recurring = new ArrayList<>();
    for (Category category : all.subList(later, all.size())) {
      List<String> texts = new ArrayList<>(category.texts());
      Collections.shuffle(texts, new Random(SEED));
      int kept = Math.max(20, texts.size() / 4);
      recurring.add(part(category, texts.subList(0, kept)));
      earlier.add(part(category, texts.subList(kept, texts.size())));
    }
    return new Domain(
        new Corpus(corpus.name() + "/earlier", earlier, Skipped.NOTHING),
        new Corpus(corpus.name() + "/others", all.subList(0, later), Skipped.NOTHING),
        new Corpus(corpus.name() + "/recurring", recurring, Skipped.NOTHING));
  }

  private static Category part(Category whole, List<String> texts) {
    return new Category(whole.id(), whole.name(), whole.description(), texts);
  }

  private static LineageHistory history(Corpus corpus) {
    LineageHistory history =
        new LineageHistory(
            ShippedRelease.CATEGORIES.lineage(), MiniLmEncoder.ID, 384, HistoryLimits.DEFAULT);
    int shots = 10;
    StreamSettings settings =
        StreamSettings.of(ShippedRelease.CATEGORIES.lineage(), SEED)
            .withSize(5, shots)
            .withTasks(EARLIER_TASKS);
    Iterator<Step> steps = new CategoryTaskStream(corpus, settings).steps();
    for (long at = 0; steps.hasNext(); at++) {
      history.take(steps.next().event(), at);
    }
    return history;
  }

  /** Trained once and kept. */
  private static Release champion(String learner, EmbeddingStore store, String encoder) {
    Path directory = OUT.resolve(learner);
    if (learner.equals("shipped")) {
      return ShippedRelease.CATEGORIES.assemble();
    } else if (Files.isDirectory(directory)) {
      return new ReleaseReader().read(directory);
    }
    TrainingSettings settings = TrainingSettings.DEFAULT;
    TrainingTasks tasks =
        TrainingTasks.of(WordNetCorpus.loadSplit().train(), store, settings, Progress.SILENT);
    return new TrainedRelease(
            ShippedRelease.CATEGORIES.lineage(), learner, encoder, Optional.empty())
        .write(
            directory,
            new Trainer(settings)
                .train(
                    Beginning.of(learner, Map.of(), tasks),
                    tasks,
                    Optional.empty(),
                    TrainingListener.SILENT),
            tasks,
            settings);
  }
}

package dev.freshet.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDraft;
import dev.freshet.adaptation.release.ReleaseWriter;
import dev.freshet.encoders.MiniLmEncoder;
import dev.freshet.encoders.TextEncoder;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.WordNetCorpus;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.embedding.Progress;
import dev.freshet.trainer.episode.Ways;
import dev.freshet.trainer.publish.ShippedRelease;
import dev.freshet.trainer.report.EvaluationReport;
import dev.freshet.trainer.training.Beginning;
import dev.freshet.trainer.training.Look;
import dev.freshet.trainer.training.TrainedRelease;
import dev.freshet.trainer.training.Trainer;
import dev.freshet.trainer.training.TrainingListener;
import dev.freshet.trainer.training.TrainingResult;
import dev.freshet.trainer.training.TrainingSettings;
import dev.freshet.trainer.training.TrainingTasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Trains on WordNet's training side and judges on the two sets that designs may look at, beside the
 * shipped release and the yardsticks. Writes to {@code target/training}; skipped where the sets are
 * not beside the repository.
 */
@Tag("slow")
class TrainedLearnersTest {
  private static final Path OUT = Path.of("target", "training");
  private static final Path EMBEDDINGS = Path.of("target", "embeddings");
  private static final long SEED = 404;
  private static final List<String> LEARNERS =
      List.of("prototype", "lda", "anil", Beginning.ENSEMBLE);

  private final DevelopmentCorpora corpora = new DevelopmentCorpora();
  private final TrainingSettings settings = TrainingSettings.DEFAULT;

  @BeforeAll
  static void requireSets() {
    assumeTrue(
        new DevelopmentCorpora().areThere(), "The development data is not beside the repository.");
  }

  @Test
  void trainingHelpsOnHeldOutClasses() throws IOException {
    try (TextEncoder encoder = MiniLmEncoder.create()) {
      List<Entrant> entrants = new ArrayList<>();
      entrants.add(new Entrant(Entrant.DEFAULT, ShippedRelease.CATEGORIES.assemble()));
      try (EmbeddingStore store = EmbeddingStore.open(EMBEDDINGS, encoder)) {
        Corpus corpus = WordNetCorpus.loadSplit().train();
        TrainingTasks tasks = TrainingTasks.of(corpus, store, settings, Progress.SILENT);
        for (String learner : LEARNERS) {
          TrainingResult result = train(learner, tasks);
          entrants.add(new Entrant("untrained-" + learner, untrained(result, encoder.id())));
          entrants.add(new Entrant("trained-" + learner, trained(result, tasks, encoder.id())));
        }
      }
      for (Corpus corpus : List.of(corpora.hwu64(), corpora.usda())) {
        judge("stream", corpus, Protocol.Stream.OF_THE_DEMO, 40, entrants, encoder);
        judge("5-ways", corpus, episodes(Ways.of(5)), 200, entrants, encoder);
        judge("all-ways", corpus, episodes(Ways.ALL), 5, entrants, encoder);
      }
    }
  }

  /** The metric of LDA, which is fitted and not trained, is in this one too. */
  private static Release untrained(TrainingResult result, String encoder) {
    ReleaseDraft draft =
        new ReleaseDraft(
            "categories",
            "untrained",
            encoder,
            "none",
            Map.of(),
            Optional.empty(),
            "# Untrained\n");
    return new ReleaseWriter().assemble(draft, result.start());
  }

  private Release trained(TrainingResult result, TrainingTasks tasks, String encoder) {
    String id = result.learner().name() + "-trained";
    Release release =
        new TrainedRelease("categories", id, encoder, Optional.empty())
            .write(OUT.resolve(id), result, tasks, settings);
    System.out.println(release.modelCard());
    return release;
  }

  private TrainingResult train(String learner, TrainingTasks tasks) {
    long start = System.nanoTime();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void looked(Look look) {
            System.out.printf(
                Locale.ROOT,
                "%s: step %d, loss %.4f, held out: accuracy %.2f %%, log loss %.4f; %.0f s%n",
                learner,
                look.step(),
                look.loss(),
                100 * look.heldOut().accuracy(),
                look.heldOut().logLoss(),
                (System.nanoTime() - start) / 1e9);
          }
        };
    TrainingResult result =
        new Trainer(settings)
            .train(
                Beginning.of(learner, Map.of(), tasks),
                tasks,
                Optional.of(OUT.resolve(learner + ".checkpoint")),
                listener);
    assertThat(result.best().heldOut().logLoss()).isLessThanOrEqualTo(result.before().logLoss());
    return result;
  }

  private static Protocol episodes(Ways ways) {
    return new Protocol.Episodes(List.of(ways), List.of(0, 1, 5, 10));
  }

  private static void judge(
      String name,
      Corpus corpus,
      Protocol protocol,
      int episodes,
      List<Entrant> entrants,
      TextEncoder encoder)
      throws IOException {
    EvaluationSettings settings =
        EvaluationSettings.of(
                ShippedRelease.CATEGORIES.assemble(), corpus, protocol, episodes, SEED)
            .withEntrants(entrants)
            .withTraining(List.of(WordNetCorpus.loadSplit().train()))
            .withEmbeddings(EMBEDDINGS);
    EvaluationResults results = Evaluation.run(settings, encoder, Progress.SILENT);
    Path out = OUT.resolve(corpus.name() + "-" + name);
    EvaluationReport.write(results, out);
    Files.writeString(out.resolve("evaluation.json"), results.toJson());
    System.out.println(corpus.name() + ", " + name);
    for (Result row : results.results()) {
      System.out.printf(
          Locale.ROOT,
          "  %-20s %7s %6.2f %%  ECE %5.2f %%  log loss %.4f  %.0f us%n",
          row.learner(),
          row.shots(),
          100 * row.accuracy(),
          100 * row.ece(),
          row.logLoss(),
          row.adaptMicros());
    }
    for (PairedDifference row : results.paired()) {
      System.out.printf(
          Locale.ROOT,
          "    %s - %s, %s: %+.2f +- %.2f%n",
          row.learner(),
          row.against(),
          row.shots(),
          100 * row.difference(),
          100 * row.ci95());
    }
  }
}

package dev.freshet.trainer.evaluation;

import dev.freshet.encoders.MiniLmEncoder;
import dev.freshet.encoders.TextEncoder;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.WordNetCorpus;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.embedding.Progress;
import dev.freshet.trainer.episode.EpisodeSampler;
import dev.freshet.trainer.episode.Ways;
import dev.freshet.trainer.publish.ShippedRelease;
import dev.freshet.trainer.taskstream.StreamSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code tune}: the prototype's constants, on WordNet's training side and HWU64. {@code logistic}:
 * that of logistic regression, on WordNet's training side. {@code held-out}: the shipped release's
 * figures, on what chose nothing. For people, not for the build: run it as RATIONALE.md says.
 */
public final class ChooseConstants {
  private static final long TUNING_SEED = 101;
  private static final long HELD_OUT_SEED = 202;
  private static final int SHOTS_MAX = 10;
  private static final double[] EPISODE_CONSTANTS = {1, 3, 10, 30, 100, 300, 1_000};
  private static final double[] STREAM_CONSTANTS = {
    300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000
  };
  private static final int LOGISTIC_EPISODES = 40;
  private static final Path EMBEDDINGS = Path.of("target", "embeddings");

  private final TextEncoder encoder = MiniLmEncoder.create();
  private final DevelopmentCorpora corpora = new DevelopmentCorpora();

  private ChooseConstants() {}

  /** Takes {@code tune}, {@code logistic} or {@code held-out}. */
  public static void main(String[] args) {
    String what = args.length == 1 ? args[0] : "";
    ChooseConstants chosen = new ChooseConstants();
    switch (what) {
      case "tune" -> chosen.tune();
      case "logistic" -> chosen.logistic();
      case "held-out" -> chosen.heldOut();
      default ->
          throw new IllegalArgumentException("Say tune, logistic or held-out, got '" + what + "'.");
    }
  }

  private void tune() {
    try (EmbeddingStore store = EmbeddingStore.open(EMBEDDINGS, encoder)) {
      new ConstantsGrid(encoder.dimension(), tuningStreams(store)).search();
    }
  }

  private List<List<Trial>> tuningStreams(EmbeddingStore store) {
    List<List<Trial>> streams = new ArrayList<>();
    for (Corpus corpus : List.of(WordNetCorpus.loadSplit().train(), corpora.hwu64())) {
      for (int ways : List.of(3, 5, 10, 20)) {
        StreamSettings settings =
            StreamSettings.of(ShippedRelease.CATEGORIES.lineage(), TUNING_SEED)
                .withSize(ways, SHOTS_MAX)
                .withTasks(Math.max(8, 120 / ways));
        streams.add(StreamReplay.of(corpus, settings, store, Progress.SILENT));
      }
    }
    return streams;
  }

  /** Accuracy decides: of episodes, the mean over their sizes; of streams by itself. */
  private void logistic() {
    List<List<Trial>> rows;
    List<Trial> stream;
    try (EmbeddingStore store = EmbeddingStore.open(EMBEDDINGS, encoder)) {
      rows = logisticRows(store);
      StreamSettings settings = StreamSettings.of("tuning", TUNING_SEED).withTasks(40);
      Corpus corpus = WordNetCorpus.loadSplit().train();
      stream = StreamReplay.of(corpus, settings, store, Progress.SILENT);
    }
    for (double constant : EPISODE_CONSTANTS) {
      System.out.printf(Locale.ROOT, "episodes, C %8.0f: accuracy %%, log loss", constant);
      double mean = 0;
      for (List<Trial> trials : rows) {
        mean += measure(constant, trials) / rows.size();
      }
      System.out.printf(Locale.ROOT, "  mean %.2f%n", mean);
    }
    for (double constant : STREAM_CONSTANTS) {
      System.out.printf(Locale.ROOT, "stream, C %8.0f: accuracy %%, log loss", constant);
      measure(constant, stream);
      System.out.println();
    }
  }

  private static List<List<Trial>> logisticRows(EmbeddingStore store) {
    Corpus corpus = WordNetCorpus.loadSplit().train();
    List<List<Trial>> rows = new ArrayList<>();
    EpisodeSampler sampler = new EpisodeSampler(corpus, List.of(), TUNING_SEED);
    for (int ways : List.of(5, 20, 60)) {
      for (int shots : List.of(1, 5, 10)) {
        List<Trial> trials = new ArrayList<>();
        for (int number = 0; number < LOGISTIC_EPISODES * 5 / ways; number++) {
          trials.add(EpisodeTrials.of(sampler.draw(Ways.of(ways), shots, number), store));
        }
        rows.add(trials);
      }
    }
    return rows;
  }

  private double measure(double constant, List<Trial> trials) {
    Contestant regression = new RegressionContestant(constant, encoder.dimension());
    Seat seat = new Seat(regression, Seat.Kind.YARDSTICK, Names.GIVEN);
    seat.take(trials, true);
    Scorecard card = seat.overall();
    double percent = 100 * card.accuracy().share();
    System.out.printf(Locale.ROOT, "  %.2f %.3f", percent, card.logLoss());
    return percent;
  }

  private void heldOut() {
    List<Corpus> all = List.of(WordNetCorpus.loadSplit().demo(), corpora.toys(), corpora.banking());
    for (Corpus corpus : all) {
      show(corpus, 5, 40);
      show(corpus, 20, 10);
    }
  }

  private void show(Corpus corpus, int ways, int tasks) {
    EvaluationSettings settings =
        EvaluationSettings.of(
                ShippedRelease.CATEGORIES.assemble(),
                corpus,
                new Protocol.Stream(ways, SHOTS_MAX),
                tasks,
                HELD_OUT_SEED)
            .withNames(Set.of(Names.GIVEN));
    System.out.printf(Locale.ROOT, "%s, %d ways%n", corpus.name(), ways);
    for (Result row :
        Evaluation.run(settings.withEmbeddings(EMBEDDINGS), encoder, Progress.SILENT).results()) {
      System.out.printf(
          Locale.ROOT,
          "  %-20s %7s %6.2f %%  ECE %5.2f %%  log loss %.4f%n",
          row.learner(),
          row.shots(),
          100 * row.accuracy(),
          100 * row.ece(),
          row.logLoss());
    }
  }
}

package dev.freshet.trainer.evaluation;

import dev.freshet.encoders.TextEncoder;
import dev.freshet.trainer.corpus.LeakCheck;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.embedding.Progress;
import dev.freshet.trainer.episode.EpisodeSampler;
import dev.freshet.trainer.episode.Ways;
import dev.freshet.trainer.taskstream.StreamSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Judges learners and yardsticks on the same questions. */
public final class Evaluation {
  private static final int TRIALS_AT_ONCE = 512;
  private static final int QUESTIONS_AT_ONCE = 20_000;
  private static final String LINEAGE = "evaluation";

  private final EvaluationSettings settings;
  private final EmbeddingStore store;
  private final List<Seat> seats;
  private final Progress progress;
  private final Table table = new Table();

  private Evaluation(
      EvaluationSettings settings, EmbeddingStore store, List<Seat> seats, Progress progress) {
    this.settings = settings;
    this.store = store;
    this.seats = seats;
    this.progress = progress;
  }

  /**
   * Judges by the settings. The same settings give the same figures, but for the times.
   *
   * @param encoder the one that the releases were made for; stays open
   * @param progress told of "embedding" and of "judging"
   * @throws dev.freshet.trainer.corpus.LeakException if what was trained on is judged on
   * @throws dev.freshet.trainer.corpus.UnusableCorpusException if the corpus is too small
   */
  public static EvaluationResults run(
      EvaluationSettings settings, TextEncoder encoder, Progress progress) {
    long start = System.nanoTime();
    settings.entrants().forEach(entrant -> requireFitting(entrant, encoder));
    try (EmbeddingStore store =
            settings
                .embeddings()
                .map(directory -> EmbeddingStore.open(directory, encoder))
                .orElseGet(() -> EmbeddingStore.inMemory(encoder));
        Contestants contestants = new Contestants(settings, encoder.dimension())) {
      Evaluation evaluation = new Evaluation(settings, store, contestants.seats(), progress);
      Table table = evaluation.judge();
      List<String> notices = new ArrayList<>(store.notices());
      notices.addAll(contestants.notices());
      return new EvaluationResults(
          settings, table.results(), table.paired(), notices, (System.nanoTime() - start) / 1e9);
    }
  }

  /** As the other, by contestants of the caller's. */
  static Table judge(EvaluationSettings settings, EmbeddingStore store, List<Seat> seats) {
    return new Evaluation(settings, store, seats, Progress.SILENT).judge();
  }

  private Table judge() {
    if (settings.protocol() instanceof Protocol.Episodes episodes) {
      judgeEpisodes(episodes);
    } else if (settings.protocol() instanceof Protocol.Stream stream) {
      judgeStream(stream);
    }
    return table;
  }

  private static void requireFitting(Entrant entrant, TextEncoder encoder) {
    String wanted = entrant.release().manifest().encoder();
    if (!wanted.equals(encoder.id())
        || entrant.release().manifest().features() != encoder.dimension()) {
      throw new IllegalArgumentException(
          "Release %s was made for the encoder '%s' with %d features; texts are encoded by '%s' with %d. Evaluate it with its own encoder."
              .formatted(
                  entrant.release(),
                  wanted,
                  entrant.release().manifest().features(),
                  encoder.id(),
                  encoder.dimension()));
    }
  }

  private void judgeStream(Protocol.Stream stream) {
    settings.training().forEach(t -> LeakCheck.requireDisjoint(t, settings.corpus()));
    StreamSettings tasks =
        StreamSettings.of(LINEAGE, settings.seed())
            .withSize(stream.ways(), stream.shotsMax())
            .withTasks(settings.episodes());
    List<Trial> trials = StreamReplay.of(settings.corpus(), tasks, store, progress);
    seats.forEach(seat -> seat.warmUp(trials.subList(0, Math.min(TRIALS_AT_ONCE, trials.size()))));
    for (int from = 0; from < trials.size(); from += TRIALS_AT_ONCE) {
      List<Trial> batch = trials.subList(from, Math.min(trials.size(), from + TRIALS_AT_ONCE));
      seats.forEach(seat -> seat.take(batch, true));
      progress.at("judging", from + batch.size(), trials.size());
    }
    table.add(Ways.of(stream.ways()), seats);
  }

  private void judgeEpisodes(Protocol.Episodes protocol) {
    EpisodeSampler sampler =
        new EpisodeSampler(settings.corpus(), settings.training(), settings.seed());
    embed(protocol, sampler);
    long rows = (long) protocol.ways().size() * protocol.shots().size();
    long rowsDone = 0;
    for (Ways ways : protocol.ways()) {
      for (int shots : protocol.shots()) {
        judgeRow(sampler, ways, shots, rowsDone++ * settings.episodes(), rows);
      }
    }
  }

  /** All texts first, so that the wait for them is known. */
  private void embed(Protocol.Episodes protocol, EpisodeSampler sampler) {
    Set<String> texts = new LinkedHashSet<>();
    for (Ways ways : protocol.ways()) {
      for (int shots : protocol.shots()) {
        for (int number = 0; number < settings.episodes(); number++) {
          texts.addAll(sampler.draw(ways, shots, number).texts());
        }
      }
    }
    store.embed(texts, progress);
  }

  private void judgeRow(
      EpisodeSampler sampler, Ways ways, int shots, long episodesDone, long rows) {
    // Without a name and without an example there is nothing to answer from.
    List<Seat> able = seats.stream().filter(seat -> shots > 0 || seat.seesNames()).toList();
    able.forEach(Seat::clear);
    int next = 0;
    while (next < settings.episodes()) {
      List<Trial> batch = batch(sampler, ways, shots, next);
      if (next == 0) {
        able.forEach(seat -> seat.warmUp(batch));
      }
      able.forEach(seat -> seat.take(batch, false));
      next += batch.size();
      progress.at("judging", episodesDone + next, rows * settings.episodes());
    }
    table.add(ways, able);
  }

  /** As many episodes as one call should hold: one of all ways has thousands of questions. */
  private List<Trial> batch(EpisodeSampler sampler, Ways ways, int shots, int from) {
    List<Trial> batch = new ArrayList<>();
    int questions = 0;
    while (from + batch.size() < settings.episodes()
        && batch.size() < TRIALS_AT_ONCE
        && questions < QUESTIONS_AT_ONCE) {
      Trial trial = EpisodeTrials.of(sampler.draw(ways, shots, from + batch.size()), store);
      questions += trial.questions().size();
      batch.add(trial);
    }
    return batch;
  }
}

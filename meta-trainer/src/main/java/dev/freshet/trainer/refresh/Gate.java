package dev.freshet.trainer.refresh;

import dev.freshet.adaptation.release.Release;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.embedding.Progress;
import dev.freshet.trainer.evaluation.Duel;
import dev.freshet.trainer.evaluation.DuelScore;
import dev.freshet.trainer.evaluation.DuelScore.Measured;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a challenger takes the champion's place. It must be right more often on streams of tasks,
 * which is what it will serve, by more than the 95 % interval of the paired difference: on new
 * classes and on those that come again, each weighing as often as the log's labels were so. And
 * nowhere may its accuracy or its log loss be worse by more than their interval: not on new classes
 * either, where nearly all come again.
 *
 * @param streams of new classes: labels appear one after another, with uneven counts
 * @param even episodes of new classes, with one and five examples a label
 * @param recurring streams of classes that were trained on, with other texts; empty where too few
 *     have enough of them
 * @param recurrence share of the log's labels whose class came again, 0 to 1
 */
public record Gate(
    DuelScore streams, DuelScore even, Optional<DuelScore> recurring, double recurrence) {
  /** Beside it, so that what is judged on is not drawn by what was trained by. */
  private static final long SEED = 0x2545F4914F6CDD1DL;

  private static final int WAYS_MAX = 5;
  private static final int SHOTS_MAX = 10;
  private static final List<Integer> EVEN_SHOTS = List.of(1, 5);

  static Gate judge(
      Release challenger,
      Release champion,
      ClassSplit split,
      double recurrence,
      EmbeddingStore store,
      RefreshSettings settings,
      Progress progress) {
    long seed = settings.training().seed() ^ SEED;
    Duel duel = new Duel(split.judging(), store, seed);
    int ways = ways(split.judging());
    Optional<DuelScore> recurring = Optional.empty();
    if (split.hasRecurring(settings.sideClassesMin())) {
      Corpus again = split.judgingRecurring();
      recurring =
          Optional.of(
              new Duel(again, store, seed)
                  .streams(
                      challenger,
                      champion,
                      ways(again),
                      SHOTS_MAX,
                      settings.streamTasks(),
                      progress));
    }
    return new Gate(
        duel.streams(challenger, champion, ways, SHOTS_MAX, settings.streamTasks(), progress),
        duel.episodes(challenger, champion, ways, EVEN_SHOTS, settings.episodes(), progress),
        recurring,
        recurring.isPresent() ? recurrence : 0);
  }

  private static int ways(Corpus corpus) {
    return Math.min(WAYS_MAX, corpus.categories().size());
  }

  /** How much more often it will be right on the next tasks, if they are as those of the log. */
  public Measured expectedLead() {
    Measured onNew = streams.accuracyLead();
    Measured again = recurring.map(DuelScore::accuracyLead).orElse(onNew);
    return new Measured(
        recurrence * again.mean() + (1 - recurrence) * onNew.mean(),
        Math.hypot(recurrence * again.ci95(), (1 - recurrence) * onNew.ci95()));
  }

  /** Whether the challenger is to be activated. */
  public boolean opens() {
    return expectedLead().isAboveNoise() && worse().isEmpty();
  }

  private Optional<String> worse() {
    if (streams.accuracyLead().isBelowNoise()) {
      return Optional.of("on new classes it is right " + points(streams.accuracyLead()));
    } else if (even.accuracyLead().isBelowNoise()) {
      return Optional.of("on even episodes it is right " + points(even.accuracyLead()));
    } else if (streams.logLossLead().isBelowNoise()) {
      return Optional.of("on new classes its log loss is higher by " + nats(streams.logLossLead()));
    } else if (even.logLossLead().isBelowNoise()) {
      return Optional.of("on even episodes its log loss is higher by " + nats(even.logLossLead()));
    }
    Optional<Measured> again = recurring.map(DuelScore::accuracyLead);
    if (again.filter(Measured::isBelowNoise).isPresent()) {
      return again.map(lead -> "on classes that come again it is right " + points(lead));
    }
    return recurring
        .map(DuelScore::logLossLead)
        .filter(Measured::isBelowNoise)
        .map(lead -> "on classes that come again its log loss is higher by " + nats(lead));
  }

  /** In a sentence, why it opens or not. */
  public String reason() {
    String lead = "On the next tasks it will be right " + points(expectedLead());
    if (!expectedLead().isAboveNoise()) {
      return lead + ": not better beyond noise.";
    }
    return lead + worse().map(where -> ", but " + where + ".").orElse(": better beyond noise.");
  }

  private static String points(Measured lead) {
    return String.format(
        Locale.ROOT, "%+.2f ± %.2f points more often", 100 * lead.mean(), 100 * lead.ci95());
  }

  private static String nats(Measured lead) {
    return String.format(Locale.ROOT, "%.4f ± %.4f", -lead.mean(), lead.ci95());
  }
}

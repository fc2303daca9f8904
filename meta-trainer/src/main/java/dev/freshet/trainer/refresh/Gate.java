package dev.freshet.trainer.refresh;

import dev.freshet.adaptation.release.Release;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.embedding.EmbeddingStore;
import dev.freshet.trainer.embedding.Progress;
import dev.freshet.trainer.evaluation.Duel;
import dev.freshet.trainer.evaluation.DuelScore;
import java.util.List;
import java.util.Locale;

/**
 * Whether a challenger takes the champion's place. It must be right more often on streams of tasks,
 * which is what it will serve, by more than the 95 % interval of the paired difference; and neither
 * its accuracy on even episodes nor its log loss on either may be worse by more than theirs.
 *
 * @param streams labels that appear one after another, with uneven counts
 * @param even episodes of one and five examples a label
 */
public record Gate(DuelScore streams, DuelScore even) {
  /** Beside it, so that what is judged on is not drawn by what was trained by. */
  private static final long SEED = 0x2545F4914F6CDD1DL;

  private static final int WAYS_MAX = 5;
  private static final int SHOTS_MAX = 10;
  private static final List<Integer> EVEN_SHOTS = List.of(1, 5);

  static Gate judge(
      Release challenger,
      Release champion,
      Corpus judging,
      EmbeddingStore store,
      RefreshSettings settings,
      Progress progress) {
    Duel duel = new Duel(judging, store, settings.training().seed() ^ SEED);
    int ways = Math.min(WAYS_MAX, judging.categories().size());
    return new Gate(
        duel.streams(challenger, champion, ways, SHOTS_MAX, settings.streamTasks(), progress),
        duel.episodes(challenger, champion, ways, EVEN_SHOTS, settings.episodes(), progress));
  }

  /** Whether the challenger is to be activated. */
  public boolean opens() {
    return streams.accuracyLead().isAboveNoise()
        && !even.accuracyLead().isBelowNoise()
        && !streams.logLossLead().isBelowNoise()
        && !even.logLossLead().isBelowNoise();
  }

  /** In a sentence, why it opens or not. */
  public String reason() {
    if (!streams.accuracyLead().isAboveNoise()) {
      return "On streams it is right " + points(streams.accuracyLead()) + ": not beyond noise.";
    } else if (even.accuracyLead().isBelowNoise()) {
      return "On even episodes it is right " + points(even.accuracyLead()) + ": worse.";
    } else if (streams.logLossLead().isBelowNoise()) {
      return "On streams its log loss is worse, by " + nats(streams.logLossLead()) + ".";
    } else if (even.logLossLead().isBelowNoise()) {
      return "On even episodes its log loss is worse, by " + nats(even.logLossLead()) + ".";
    }
    return "On streams it is right " + points(streams.accuracyLead()) + ": better beyond noise.";
  }

  private static String points(DuelScore.Measured lead) {
    return String.format(
        Locale.ROOT, "%+.2f ± %.2f points more often", 100 * lead.mean(), 100 * lead.ci95());
  }

  private static String nats(DuelScore.Measured lead) {
    return String.format(Locale.ROOT, "%.4f ± %.4f", -lead.mean(), lead.ci95());
  }
}

package dev.freshet.trainer.measure;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.runtime.Yardsticks;
import dev.freshet.encoders.CachingEncoder;
import dev.freshet.encoders.MiniLmEncoder;
import dev.freshet.encoders.TextEncoder;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.WordNetCorpus;
import dev.freshet.trainer.publish.ShippedRelease;
import dev.freshet.trainer.taskstream.StreamSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code tune}: the prototype's constants, on WordNet's training side and HWU64. {@code held-out}:
 * the shipped release's figures, on what chose nothing. Run it as RATIONALE.md says.
 */
public final class MeasureReleases {
  private static final long TUNING_SEED = 101;
  private static final long HELD_OUT_SEED = 202;
  private static final long CACHE_BYTES_MAX = 400L << 20;
  private static final int SHOTS_MAX = 10;

  private final TextEncoder encoder = new CachingEncoder(MiniLmEncoder.create(), CACHE_BYTES_MAX);
  private final DevelopmentCorpora corpora = new DevelopmentCorpora();

  private MeasureReleases() {}

  /** Takes {@code tune} or {@code held-out}. */
  public static void main(String[] args) {
    String what = args.length == 1 ? args[0] : "";
    MeasureReleases measure = new MeasureReleases();
    switch (what) {
      case "tune" -> measure.tune();
      case "held-out" -> measure.heldOut();
      default -> throw new IllegalArgumentException("Say tune or held-out, got '" + what + "'.");
    }
  }

  private void tune() {
    List<List<Asked>> streams = new ArrayList<>();
    for (Corpus corpus : List.of(WordNetCorpus.loadSplit().train(), corpora.hwu64())) {
      for (int ways : List.of(3, 5, 10, 20)) {
        List<Asked> asked = replay(corpus, ways, Math.max(8, 120 / ways), TUNING_SEED);
        streams.add(asked);
        show(corpus, ways, asked);
      }
    }
    new ConstantsGrid(encoder.dimension(), streams).search();
  }

  private void heldOut() {
    List<Corpus> all = List.of(WordNetCorpus.loadSplit().demo(), corpora.toys(), corpora.banking());
    for (Corpus corpus : all) {
      show(corpus, 5, replay(corpus, 5, 40, HELD_OUT_SEED));
      show(corpus, 20, replay(corpus, 20, 10, HELD_OUT_SEED));
    }
  }

  private List<Asked> replay(Corpus corpus, int ways, int tasks, long seed) {
    StreamSettings settings =
        StreamSettings.of(ShippedRelease.LINEAGE, seed).withSize(ways, SHOTS_MAX).withTasks(tasks);
    return StreamReplay.of(corpus, settings, encoder);
  }

  private void show(Corpus corpus, int ways, List<Asked> asked) {
    Release shipped = ShippedRelease.assemble();
    Release yardstick = Yardsticks.prototype(encoder.dimension());
    System.out.printf(Locale.ROOT, "%s, %d ways, %d queries%n", corpus.name(), ways, asked.size());
    System.out.println("  shipped   " + Answers.tally(Answers.of(shipped, asked), asked));
    System.out.println("  prototype " + Answers.tally(Answers.of(yardstick, asked), asked));
    System.out.println("  unadapted " + Answers.tally(Answers.unadapted(shipped, asked), asked));
  }
}

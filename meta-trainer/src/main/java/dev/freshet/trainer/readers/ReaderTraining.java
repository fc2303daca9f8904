package dev.freshet.trainer.readers;

import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.items.ItemStatistics;
import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.TrainedLearner;
import dev.freshet.adaptation.learner.scoring.CatalogueSoftmaxLearner;
import dev.freshet.adaptation.learner.scoring.HeadedLearner;
import dev.freshet.adaptation.learner.scoring.ScoringLearners;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import dev.freshet.trainer.catalogue.LearnedCatalogue;
import dev.freshet.trainer.ratings.ItemAttributes;
import dev.freshet.trainer.ratings.TimeSplit;
import dev.freshet.trainer.ratings.UserSegments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From what was rated before a moment to a learner with its items. */
public final class ReaderTraining {
  /** The head that answers with a number. */
  public static final String RATING = "rating";

  /** The head that puts the catalogue in order. */
  public static final String RANK = "rank";

  private static final Set<String> NEEDS_NOISE =
      Set.of(ScoringLearners.RIDGE.id(), ScoringLearners.SET_ENCODER.id());

  private final ReaderSettings settings;
  private final Progress progress;

  public ReaderTraining(ReaderSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /** Trains on one side of a split; the other is not looked at. */
  public ReaderModel train(String source, TimeSplit split, ItemAttributes attributes) {
    return train(source, split, attributes, UserSegments.NONE);
  }

  /**
   * The same, half of the users starting from what their segment says of them: for the default
   * heads. What stands beside them as a yardstick must not be worse for it.
   *
   * @param segments of the users before the split; others are not looked at
   */
  public ReaderModel train(
      String source, TimeSplit split, ItemAttributes attributes, UserSegments segments) {
    TimeSplit.requireNoLeak(split.before(), split.cutSeconds(), Set.of());
    ItemLayout layout = new ItemLayout(settings.ratingFactors(), settings.rankingFactors());
    LearnedCatalogue catalogue =
        LearnedCatalogue.of(
            split.before(),
            attributes,
            layout,
            settings.shrinkage(),
            settings.halfLifeSeconds(),
            split.cutSeconds(),
            settings.seed());
    SegmentRows rows = SegmentRows.of(catalogue.ratings(), segments);
    Map<String, Double> scores = new HashMap<>();
    List<Learner> members = new ArrayList<>();
    members.add(scoring(settings.learner(), RATING, catalogue, rows, scores));
    SegmentRows nobody = SegmentRows.of(catalogue.ratings(), UserSegments.NONE);
    Set<String> beside = new LinkedHashSet<>(settings.beside());
    for (String other : beside) {
      members.add(scoring(other, other, catalogue, nobody, scores));
    }
    RankingTrainer.Result ranking =
        new RankingTrainer(catalogue, rows, settings.rankingSteps(), settings.seed())
            .train(RANK, progress);
    scores.put("heldOutSurprise.rank", ranking.loss());
    scores.put("heldOutSurpriseUntrained.rank", ranking.lossBefore());
    ItemTable table = catalogue.table(ranking.factors());
    members.add(withBackground(ranking, catalogue, table, split.cutSeconds()));
    return new ReaderModel(
        new HeadedLearner(members, List.of(RATING, RANK)),
        table,
        scores,
        source,
        split.before().size(),
        catalogue.ratings().users(),
        rows.segments(),
        split.cutSeconds(),
        settings);
  }

  private Learner scoring(
      String name,
      String head,
      LearnedCatalogue catalogue,
      SegmentRows segments,
      Map<String, Double> scores) {
    Map<String, Double> chosen = new HashMap<>();
    chosen.put("centre", catalogue.mean());
    chosen.put("spread", catalogue.spread());
    if (NEEDS_NOISE.contains(name)) {
      chosen.put("noise", catalogue.noise());
      chosen.put("offsetPrecision", catalogue.offsetPrecision());
    }
    Learner start = ScoringLearners.named(name).create(catalogue.layout(), chosen, head);
    ScoringTrainer.Result result =
        new ScoringTrainer(catalogue, segments, settings.scoringSteps(), settings.seed())
            .train(start, progress);
    scores.put("heldOutError." + head, result.error());
    scores.put("heldOutErrorUntrained." + head, result.errorBefore());
    return result.learner();
  }

  /** The catalogue as it is at the cut. */
  private static Learner withBackground(
      RankingTrainer.Result ranking, LearnedCatalogue catalogue, ItemTable table, long cut) {
    ItemStatistics statistics = new ItemStatistics(table);
    int features = table.layout().features();
    float[] rows = new float[ranking.background().size() * features];
    for (int j = 0; j < ranking.background().size(); j++) {
      String item = catalogue.ratings().items().get(ranking.background().item(j));
      System.arraycopy(statistics.row(item, cut), 0, rows, j * features, features);
    }
    return new TrainedLearner(
        ranking.learner(),
        Map.of(
            CatalogueSoftmaxLearner.BACKGROUND_TENSOR,
            Tensor.of(Shape.of(ranking.background().size(), features), rows)));
  }
}

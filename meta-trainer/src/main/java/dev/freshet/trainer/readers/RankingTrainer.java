package dev.freshet.trainer.readers;

import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.learner.TrainedLearner;
import dev.freshet.adaptation.learner.scoring.CatalogueLoss;
import dev.freshet.adaptation.learner.scoring.CatalogueSoftmaxLearner;
import dev.freshet.adaptation.runtime.CompiledGraph;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import dev.freshet.trainer.catalogue.IndexedRatings;
import dev.freshet.trainer.catalogue.LearnedCatalogue;
import dev.freshet.trainer.catalogue.NeighbourFactors;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * The outer loop of the learner that ranks, by which items users turned to next. All users of a
 * step ask at one moment, because a catalogue has one set of statistics at a time.
 *
 * <p>Twice: first the learner's own tensors, on one half of the users, over factors that only the
 * other half had a part in; a learner that sees factors its users have made trusts them too much.
 * Then tensors and factors together, with small steps. Users held out say where to stop.
 */
final class RankingTrainer {
  private static final int HELD_OUT_BATCHES = 12;

  /** Of the factors, against which the learner's rates are set before training. */
  private static final double FACTOR_SCALE = 2;

  private static final double RATE = 0.02;
  private static final double FINE_RATE = 0.001;

  private final LearnedCatalogue catalogue;
  private final IndexedRatings ratings;
  private final ItemLayout layout;
  private final UserSplit split;
  private final SegmentRows segments;
  private final Background background;
  private final int steps;
  private final long seed;

  RankingTrainer(LearnedCatalogue catalogue, SegmentRows segments, int steps, long seed) {
    this.catalogue = catalogue;
    this.segments = segments;
    this.ratings = catalogue.ratings();
    this.layout = catalogue.layout();
    this.split = UserSplit.of(ratings, seed);
    this.background = new Background(ratings);
    this.steps = steps;
    this.seed = seed;
  }

  /** What came of it. */
  static final class Result {
    private final TrainedLearner learner;
    private final float[][] factors;
    private final Background background;
    private final double lossBefore;
    private final double loss;

    Result(
        TrainedLearner learner,
        float[][] factors,
        Background background,
        double lossBefore,
        double loss) {
      this.learner = learner;
      this.factors = factors;
      this.background = background;
      this.lossBefore = lossBefore;
      this.loss = loss;
    }

    /** Still without a background. */
    TrainedLearner learner() {
      return learner;
    }

    /** Of each item, in the order of the ratings' items. */
    float[][] factors() {
      return factors;
    }

    Background background() {
      return background;
    }

    /** On users held out, before training. */
    double lossBefore() {
      return lossBefore;
    }

    double loss() {
      return loss;
    }
  }

  Result train(String head, Progress progress) {
    CatalogueSoftmaxLearner start = new CatalogueSoftmaxLearner(layout, settings(), head);
    SortedMap<String, Tensor> own = new TreeMap<>(start.initialization());
    own.keySet().retainAll(CatalogueLoss.learned(start));
    own.remove(CatalogueSoftmaxLearner.BACKGROUND_TENSOR);
    CatalogueMoments moments = new CatalogueMoments(catalogue, background);
    List<RankingBatch> heldOut =
        sampler(moments, split::isHeldOut).draw(HELD_OUT_BATCHES, new Random(seed + 1));
    int half = Math.max(1, steps / 2);
    try (CompiledGraph graph = CompiledGraph.of(CatalogueLoss.graph(start), Device.CPU)) {
      RankingStage stage =
          new RankingStage(
              graph,
              start,
              new RankingTensors(catalogue, background),
              heldOut,
              layout.rankingFactors());
      Coordinates apart = coordinates(own, split::isFirstHalf);
      double before = stage.loss(apart);
      stage.run(
          apart,
          sampler(moments, split::isSecondHalf),
          new RankingStage.Plan(true, RATE, half, seed),
          progress);
      IntPredicate training = user -> !split.isHeldOut(user);
      Coordinates together = coordinates(withoutFactors(apart), training);
      double after =
          stage.run(
              together,
              sampler(moments, training),
              new RankingStage.Plan(false, FINE_RATE, half, seed),
              progress);
      TrainedLearner learner = new TrainedLearner(start, withoutFactors(together));
      return new Result(learner, factors(together), background, before, after);
    }
  }

  private RankingSampler sampler(CatalogueMoments moments, IntPredicate users) {
    return new RankingSampler(ratings, background, segments, moments, users);
  }

  private Settings settings() {
    return Settings.of(
        CatalogueSoftmaxLearner.SETTINGS,
        Map.of(
            CatalogueSoftmaxLearner.BACKGROUND.name(),
            (double) background.size(),
            "centre",
            catalogue.mean(),
            "spread",
            catalogue.spread()));
  }

  private static SortedMap<String, Tensor> withoutFactors(Coordinates coordinates) {
    SortedMap<String, Tensor> tensors = coordinates.tensors();
    tensors.remove(RankingTensors.FACTORS);
    return tensors;
  }

  /** With factors that only some users had a part in. */
  private Coordinates coordinates(SortedMap<String, Tensor> own, IntPredicate users) {
    int width = layout.rankingFactors();
    double[][] neighbours = NeighbourFactors.of(ratings, users, width, seed);
    float[] values = new float[neighbours.length * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (FACTOR_SCALE * neighbours[i / width][i % width]);
    }
    SortedMap<String, Tensor> all = new TreeMap<>(own);
    all.put(RankingTensors.FACTORS, Tensor.of(Shape.of(neighbours.length, width), values));
    return new Coordinates(all);
  }

  private float[][] factors(Coordinates coordinates) {
    double[] all = coordinates.of(RankingTensors.FACTORS);
    int width = layout.rankingFactors();
    float[][] factors = new float[ratings.items().size()][width];
    for (int i = 0; i < factors.length; i++) {
      for (int k = 0; k < width; k++) {
        factors[i][k] = (float) all[i * width + k];
      }
    }
    return factors;
  }
}

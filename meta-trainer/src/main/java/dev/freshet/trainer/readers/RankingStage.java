package dev.freshet.trainer.readers;

import dev.freshet.adaptation.learner.scoring.CatalogueLoss;
import dev.freshet.adaptation.learner.scoring.CatalogueSoftmaxLearner;
import dev.freshet.adaptation.runtime.CompiledGraph;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;

/** Some outer steps from somewhere to the best that users held out see. */
final class RankingStage {
  private static final int LOOK_EVERY = 50;
  private static final double DECAY = 0.02;

  private final CompiledGraph graph;
  private final CatalogueSoftmaxLearner learner;
  private final RankingTensors tensors;
  private final List<RankingBatch> heldOut;
  private final int rankingFactors;

  RankingStage(
      CompiledGraph graph,
      CatalogueSoftmaxLearner learner,
      RankingTensors tensors,
      List<RankingBatch> heldOut,
      int rankingFactors) {
    this.graph = graph;
    this.learner = learner;
    this.tensors = tensors;
    this.heldOut = heldOut;
    this.rankingFactors = rankingFactors;
  }

  /**
   * How.
   *
   * @param fixed whether the factors stay, and their columns are treated alike: the learner then
   *     suits any other factors of their kind
   * @param rate of Adam, for half of the steps; then down to nothing
   */
  record Plan(boolean fixed, double rate, int steps, long seed) {}

  /** Trains; the coordinates end at their best, whose loss this gives. */
  double run(Coordinates coordinates, RankingSampler sampler, Plan plan, Progress progress) {
    Random random = new Random(plan.seed());
    coordinates.judge(loss(coordinates));
    for (int step = 1; step <= plan.steps(); step++) {
      RankingBatch batch = sampler.next(random);
      Map<String, Tensor> outputs = graph.run(tensors.inputs(learner, coordinates, batch));
      SortedMap<String, double[]> gradients = tensors.gradients(outputs, coordinates, batch);
      if (plan.fixed()) {
        gradients.remove(RankingTensors.FACTORS);
        treatAlike(gradients);
      }
      double left = (double) (plan.steps() - step) / plan.steps();
      coordinates.step(gradients, plan.rate() * Math.min(1, 2 * left + 0.02), DECAY);
      if (step % LOOK_EVERY == 0 || step == plan.steps()) {
        coordinates.judge(loss(coordinates));
      }
      progress.at("training the order of the catalogue", step, plan.steps());
    }
    return coordinates.restoreBest();
  }

  private void treatAlike(SortedMap<String, double[]> gradients) {
    double[] scale = gradients.getOrDefault("column_scale", new double[0]);
    double mean = Arrays.stream(scale).limit(rankingFactors).average().orElse(0);
    Arrays.fill(scale, 0, rankingFactors, mean);
    Arrays.fill(gradients.getOrDefault("start", new double[0]), 0, rankingFactors, 0);
  }

  /** Mean surprise of users held out. */
  double loss(Coordinates coordinates) {
    double sum = 0;
    int tasks = 0;
    for (RankingBatch batch : heldOut) {
      Map<String, Tensor> outputs = graph.run(tensors.inputs(learner, coordinates, batch));
      for (float loss : Outputs.of(outputs, CatalogueLoss.LOSS).toArray()) {
        sum += loss;
        tasks++;
      }
    }
    return sum / Math.max(1, tasks);
  }
}

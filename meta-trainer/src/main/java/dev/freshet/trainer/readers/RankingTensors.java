package dev.freshet.trainer.readers;

import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.scoring.CatalogueLoss;
import dev.freshet.adaptation.learner.scoring.CatalogueSoftmaxLearner;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import dev.freshet.trainer.catalogue.IndexedRatings;
import dev.freshet.trainer.catalogue.LearnedCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Batches as inputs of the outer graph, and its gradients as those of the items' factors. */
final class RankingTensors {
  /** What the items' factors are called among what is learned. */
  static final String FACTORS = "factors";

  private static final int SUPPORT_MAX = 24;
  private static final float OUT_OF_QUESTION = 1e4f;

  /** What an item that was rated below the mean counts for, where one above counts 1. */
  private static final float DISLIKED = 0.25f;

  private final LearnedCatalogue catalogue;
  private final IndexedRatings ratings;
  private final ItemLayout layout;
  private final Background background;

  RankingTensors(LearnedCatalogue catalogue, Background background) {
    this.catalogue = catalogue;
    this.ratings = catalogue.ratings();
    this.layout = catalogue.layout();
    this.background = background;
  }

  Map<String, Tensor> inputs(Learner learner, Coordinates coordinates, RankingBatch batch) {
    Map<String, Tensor> inputs = new TreeMap<>(learner.initialization());
    inputs.putAll(coordinates.tensors());
    double[] factors = coordinates.of(FACTORS);
    inputs.put(CatalogueSoftmaxLearner.BACKGROUND_TENSOR, rows(factors, batch.statistics()));
    List<List<EpisodeTensors.Row>> supports =
        batch.episodes().stream().map(episode -> support(episode, factors)).toList();
    inputs.putAll(EpisodeTensors.supports(supports, layout.features()));
    addTargets(inputs, batch);
    return inputs;
  }

  private Tensor rows(double[] factors, float[] statistics) {
    int features = layout.features();
    int width = features - layout.factors();
    float[] rows = new float[background.size() * features];
    for (int j = 0; j < background.size(); j++) {
      copyFactors(factors, background.item(j), rows, j * features);
      System.arraycopy(statistics, j * width, rows, j * features + layout.factors(), width);
    }
    return Tensor.of(Shape.of(background.size(), features), rows);
  }

  private void copyFactors(double[] factors, int item, float[] to, int at) {
    int width = layout.rankingFactors();
    for (int k = 0; k < width; k++) {
      to[at + layout.ratingFactors() + k] = (float) factors[item * width + k];
    }
  }

  private static int firstOf(RankingBatch.Episode episode) {
    return Math.max(0, episode.support().length - SUPPORT_MAX);
  }

  private List<EpisodeTensors.Row> support(RankingBatch.Episode episode, double[] factors) {
    List<EpisodeTensors.Row> rows = new ArrayList<>();
    for (SegmentRows.Row row : episode.prior()) {
      rows.add(new EpisodeTensors.Row(vector(row.row(), factors), row.value()));
    }
    for (int i = firstOf(episode); i < episode.support().length; i++) {
      int row = episode.support()[i];
      rows.add(new EpisodeTensors.Row(vector(row, factors), (float) ratings.value(row)));
    }
    return rows;
  }

  private float[] vector(int row, double[] factors) {
    float[] vector = catalogue.row(row).clone();
    copyFactors(factors, ratings.item(row), vector, 0);
    return vector;
  }

  private void addTargets(Map<String, Tensor> inputs, RankingBatch batch) {
    int tasks = batch.episodes().size();
    float[] target = new float[tasks * background.size()];
    float[] penalty = new float[tasks * background.size()];
    for (int task = 0; task < tasks; task++) {
      RankingBatch.Episode episode = batch.episodes().get(task);
      int at = task * background.size();
      float sum = 0;
      for (int row : episode.targets()) {
        sum += weight(row);
      }
      for (int row : episode.targets()) {
        target[at + background.position(ratings.item(row))] += weight(row) / sum;
      }
      for (int row : episode.support()) {
        int position = background.position(ratings.item(row));
        if (position >= 0) {
          penalty[at + position] = OUT_OF_QUESTION;
        }
      }
    }
    Shape shape = Shape.of(tasks, background.size());
    inputs.put(CatalogueLoss.TARGET, Tensor.of(shape, target));
    inputs.put(CatalogueLoss.PENALTY, Tensor.of(shape, penalty));
  }

  private float weight(int row) {
    return ratings.value(row) >= catalogue.mean() ? 1f : DISLIKED;
  }

  /** By the learner's own tensors as they are; by factors wherever an item's row went in. */
  SortedMap<String, double[]> gradients(
      Map<String, Tensor> outputs, Coordinates coordinates, RankingBatch batch) {
    SortedMap<String, double[]> gradients = new TreeMap<>();
    int tasks = batch.episodes().size();
    for (String name : coordinates.tensors().keySet()) {
      if (!name.equals(FACTORS)) {
        gradients.put(name, Outputs.mean(outputs, CatalogueLoss.gradient(name), tasks));
      }
    }
    gradients.put(FACTORS, ofFactors(outputs, batch));
    return gradients;
  }

  private double[] ofFactors(Map<String, Tensor> outputs, RankingBatch batch) {
    int tasks = batch.episodes().size();
    double[] gradient = new double[ratings.items().size() * layout.rankingFactors()];
    double[] ofBackground =
        Outputs.mean(
            outputs, CatalogueLoss.gradient(CatalogueSoftmaxLearner.BACKGROUND_TENSOR), tasks);
    for (int j = 0; j < background.size(); j++) {
      add(gradient, background.item(j), ofBackground, j * layout.features());
    }
    String name = CatalogueLoss.gradient(GraphContract.SUPPORT_X);
    double[] ofSupport = Outputs.mean(outputs, name, tasks);
    int width = Outputs.of(outputs, name).shape().size(1);
    for (int task = 0; task < tasks; task++) {
      RankingBatch.Episode episode = batch.episodes().get(task);
      int at = task * width * layout.features();
      for (SegmentRows.Row row : episode.prior()) {
        add(gradient, ratings.item(row.row()), ofSupport, at);
        at += layout.features();
      }
      for (int i = firstOf(episode); i < episode.support().length; i++) {
        add(gradient, ratings.item(episode.support()[i]), ofSupport, at);
        at += layout.features();
      }
    }
    return gradient;
  }

  private void add(double[] gradient, int item, double[] rows, int at) {
    int width = layout.rankingFactors();
    for (int k = 0; k < width; k++) {
      gradient[item * width + k] += rows[at + layout.ratingFactors() + k];
    }
  }
}

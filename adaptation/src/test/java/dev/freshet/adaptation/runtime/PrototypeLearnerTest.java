package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.NearestMeanLearner;
import dev.freshet.adaptation.learner.PrototypeLearner;
import dev.freshet.adaptation.learner.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Learners as they run, against their formulas written a second time in float64. */
class PrototypeLearnerTest {
  private static final int FEATURES = 24;
  private static final Map<String, Double> CHOSEN =
      Map.of("nameWeight", 2.5, "temperature", 11.0, "waysPower", 0.4, "shotsPower", -0.3);

  private final RandomTasks tasks = new RandomTasks(5, FEATURES);

  @Test
  void prototypesAgreeWithTheirFormula() {
    Settings settings = Settings.of(PrototypeLearner.SETTINGS, CHOSEN);
    checkAgainst(new PrototypeLearner(FEATURES, settings), PrototypeLearnerTest::prototypes);
  }

  @Test
  void theYardstickAgreesWithItsFormula() {
    checkAgainst(new NearestMeanLearner(FEATURES), PrototypeLearnerTest::nearestMeans);
  }

  private interface Formula {
    double[][] of(SupportSet support);
  }

  private void checkAgainst(Learner learner, Formula formula) {
    try (LoadedRelease release =
            new ReleaseLoader(Device.CPU).load(Releases.of("formula", learner));
        Adapter adapter = new Adapter()) {
      for (int i = 0; i < 60; i++) {
        SupportSet support = tasks.task(7, 25);
        float[] query = tasks.vector();
        AdaptedTask task = adapter.adapt(release, List.of(support)).get(0);
        float[] got =
            adapter.predict(release, List.of(new PredictQuery(task, "label", query))).get(0);
        double[] expected = softmax(formula.of(support), query);
        assertThat(got).hasSize(expected.length);
        for (int way = 0; way < got.length; way++) {
          assertThat((double) got[way]).isCloseTo(expected[way], within(2e-5));
        }
      }
    }
  }

  private static double[][] prototypes(SupportSet support) {
    double[][] means = means(support, CHOSEN.getOrDefault("nameWeight", 0.0));
    double present = 0;
    double norms = 0;
    for (double[] mean : means) {
      present += length(mean) > 0 ? 1 : 0;
      norms += length(mean);
    }
    double shots = 1 + (double) support.examples() / support.ways();
    double temperature =
        CHOSEN.getOrDefault("temperature", 0.0)
            * Math.pow(support.ways(), CHOSEN.getOrDefault("waysPower", 0.0))
            * Math.pow(shots, CHOSEN.getOrDefault("shotsPower", 0.0));
    for (double[] mean : means) {
      scale(mean, present == 0 ? 0 : temperature * present / norms);
    }
    return means;
  }

  private static double[][] nearestMeans(SupportSet support) {
    double[][] means = means(support, 1);
    for (double[] mean : means) {
      double temperature = NearestMeanLearner.TEMPERATURE.defaultValue();
      scale(mean, length(mean) == 0 ? 0 : temperature / length(mean));
    }
    return means;
  }

  private static double[][] means(SupportSet support, double nameWeight) {
    double[][] means = new double[support.ways()][FEATURES];
    double[] weights = new double[support.ways()];
    for (SupportSet.Row row : support.rowList()) {
      double weight = row.kind == SupportSet.RowKind.NAME ? nameWeight : 1;
      weights[row.way] += weight;
      for (int f = 0; f < FEATURES; f++) {
        means[row.way][f] += weight * row.vector[f];
      }
    }
    for (int way = 0; way < means.length; way++) {
      scale(means[way], weights[way] == 0 ? 0 : 1 / weights[way]);
    }
    return means;
  }

  private static double[] softmax(double[][] prototypes, float[] query) {
    double squares = 0;
    for (float value : query) {
      squares += value * value;
    }
    double[] scores = new double[prototypes.length];
    double sum = 0;
    for (int way = 0; way < scores.length; way++) {
      double product = 0;
      for (int f = 0; f < query.length; f++) {
        product += prototypes[way][f] * query[f];
      }
      scores[way] = Math.exp(product / Math.sqrt(squares));
      sum += scores[way];
    }
    for (int way = 0; way < scores.length; way++) {
      scores[way] /= sum;
    }
    return scores;
  }

  private static double length(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  private static void scale(double[] vector, double factor) {
    for (int f = 0; f < vector.length; f++) {
      vector[f] *= factor;
    }
  }

  @Test
  void aLabelWithFewExamplesIsNotPenalisedForIt() {
    // Both labels' examples scatter equally around their centre; one has 10, the other 1. Scaled to
    // unit length each, the label with 10 would win on queries halfway between the two.
    float[] left = {1, 0, 0, 0};
    float[] right = {0, 1, 0, 0};
    SupportSet.Builder support = SupportSet.builder(4, 2);
    for (int i = 0; i < 10; i++) {
      float side = i % 2 == 0 ? 0.8f : -0.8f;
      support.example(0, new float[] {0.6f, 0, side, 0});
    }
    support.example(1, new float[] {0, 0.6f, 0, 0.8f});
    try (LoadedRelease release =
            new ReleaseLoader(Device.CPU).load(Releases.of("even", new PrototypeLearner(4)));
        LoadedRelease yardstick = new ReleaseLoader(Device.CPU).load(Yardsticks.prototype(4));
        Adapter adapter = new Adapter()) {
      float[] halfway = {left[0] + right[0], left[1] + right[1], 0, 0};
      assertThat(scores(adapter, release, support.build(), halfway)[1])
          .isCloseTo(0.5f, within(1e-6f));
      assertThat(scores(adapter, yardstick, support.build(), halfway)[1]).isLessThan(0.2f);
    }
  }

  private static float[] scores(
      Adapter adapter, LoadedRelease release, SupportSet support, float[] query) {
    AdaptedTask task = adapter.adapt(release, List.of(support)).get(0);
    return adapter.predict(release, List.of(new PredictQuery(task, "label", query))).get(0);
  }
}

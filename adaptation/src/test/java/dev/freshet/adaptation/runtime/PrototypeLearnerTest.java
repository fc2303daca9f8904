package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.NearestMeanLearner;
import dev.freshet.adaptation.learner.PrototypeLearner;
import dev.freshet.adaptation.learner.Settings;
import java.util.Arrays;
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
    checkAgainst(new PrototypeLearner(FEATURES, settings), PrototypeLearnerTest::prototypes, 1);
  }

  @Test
  void prototypesOfVectorsOfAnyLengthAgreeWithTheirFormula() {
    Settings settings = Settings.of(PrototypeLearner.SETTINGS, CHOSEN);
    checkAgainst(new PrototypeLearner(FEATURES, settings), PrototypeLearnerTest::prototypes, 0.6);
  }

  @Test
  void theYardstickAgreesWithItsFormula() {
    checkAgainst(new NearestMeanLearner(FEATURES), PrototypeLearnerTest::nearestMeans, 1);
  }

  private interface Formula {
    double[] logits(SupportSet support, float[] query);
  }

  private void checkAgainst(Learner learner, Formula formula, double lengthMin) {
    try (LoadedRelease release =
            new ReleaseLoader(DeviceUnderTest.DEVICE).load(Releases.of("formula", learner));
        Adapter adapter = new Adapter()) {
      for (int i = 0; i < 60; i++) {
        SupportSet support = stretched(tasks.task(7, 25), lengthMin);
        float[] query = stretched(tasks.vector(), lengthMin);
        float[] got = scores(adapter, release, support, query);
        double[] expected = softmax(formula.logits(support, query));
        assertThat(got).hasSize(expected.length);
        for (int way = 0; way < got.length; way++) {
          assertThat((double) got[way]).isCloseTo(expected[way], within(2e-5));
        }
      }
    }
  }

  private SupportSet stretched(SupportSet support, double lengthMin) {
    SupportSet.Builder builder = SupportSet.builder(FEATURES, support.ways());
    for (SupportSet.Row row : support.rowList()) {
      float[] vector = stretched(row.vector.values(), lengthMin);
      if (row.kind == SupportSet.RowKind.NAME) {
        builder.name(row.way, vector);
      } else {
        builder.example(row.way, vector);
      }
    }
    return builder.build();
  }

  private float[] stretched(float[] vector, double lengthMin) {
    double length = lengthMin + 2 * (1 - lengthMin) * tasks.random().nextDouble();
    float[] result = new float[vector.length];
    for (int f = 0; f < vector.length; f++) {
      result[f] = (float) (length * vector[f]);
    }
    return result;
  }

  private static double[] prototypes(SupportSet support, float[] query) {
    double nameWeight = CHOSEN.getOrDefault("nameWeight", 0.0);
    double[][] means = means(support, nameWeight);
    double[] share = new double[means.length];
    double scatter = 0;
    double freedom = 0;
    for (int way = 0; way < means.length; way++) {
      double weight = 0;
      double squares = 0;
      double lengths = 0;
      for (SupportSet.Row row : support.rowList()) {
        double r = row.kind == SupportSet.RowKind.NAME ? nameWeight : 1;
        if (row.way == way) {
          weight += r;
          squares += r * r;
          lengths += r * product(row.vector.values(), doubles(row.vector.values()));
        }
      }
      if (weight > 0) {
        share[way] = squares / (weight * weight);
        scatter += lengths / weight - Math.pow(length(means[way]), 2);
        freedom += 1 - share[way];
      }
    }
    double variance = freedom > 1e-9 ? Math.max(0, scatter / freedom) : 0;
    double shots = 1 + (double) support.examples() / support.ways();
    double temperature =
        CHOSEN.getOrDefault("temperature", 0.0)
            * Math.pow(support.ways(), CHOSEN.getOrDefault("waysPower", 0.0))
            * Math.pow(shots, CHOSEN.getOrDefault("shotsPower", 0.0));
    return logits(means, share, variance, temperature, query);
  }

  /** A way without rows has no share in anything, and the mean of the others' offsets. */
  private static double[] logits(
      double[][] means, double[] share, double variance, double temperature, float[] query) {
    double[] offsets = new double[means.length];
    double sum = 0;
    int present = 0;
    for (int way = 0; way < means.length; way++) {
      if (share[way] > 0) {
        offsets[way] = (variance * share[way] - Math.pow(length(means[way]), 2)) / 2;
        sum += offsets[way];
        present++;
      }
    }
    double[] logits = new double[means.length];
    for (int way = 0; way < means.length; way++) {
      double offset = share[way] > 0 ? offsets[way] : sum / Math.max(1, present);
      logits[way] = temperature * (product(query, means[way]) + offset);
    }
    return logits;
  }

  private static double[] nearestMeans(SupportSet support, float[] query) {
    double[][] means = means(support, 1);
    double[] logits = new double[means.length];
    double queryLength = length(doubles(query));
    for (int way = 0; way < means.length; way++) {
      double scale = Math.max(length(means[way]), 1e-12) * queryLength;
      logits[way] =
          NearestMeanLearner.TEMPERATURE.defaultValue() * product(query, means[way]) / scale;
    }
    return logits;
  }

  private static double[][] means(SupportSet support, double nameWeight) {
    double[][] means = new double[support.ways()][FEATURES];
    double[] weights = new double[support.ways()];
    for (SupportSet.Row row : support.rowList()) {
      double weight = row.kind == SupportSet.RowKind.NAME ? nameWeight : 1;
      weights[row.way] += weight;
      for (int f = 0; f < FEATURES; f++) {
        means[row.way][f] += weight * row.vector.values()[f];
      }
    }
    for (int way = 0; way < means.length; way++) {
      scale(means[way], weights[way] == 0 ? 0 : 1 / weights[way]);
    }
    return means;
  }

  private static double[] softmax(double[] logits) {
    double max = Arrays.stream(logits).max().orElse(0);
    double[] scores = Arrays.stream(logits).map(logit -> Math.exp(logit - max)).toArray();
    double sum = Arrays.stream(scores).sum();
    return Arrays.stream(scores).map(score -> score / sum).toArray();
  }

  private static double product(float[] a, double[] b) {
    double product = 0;
    for (int f = 0; f < a.length; f++) {
      product += a[f] * b[f];
    }
    return product;
  }

  private static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    for (int f = 0; f < values.length; f++) {
      result[f] = values[f];
    }
    return result;
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
            new ReleaseLoader(DeviceUnderTest.DEVICE)
                .load(Releases.of("even", new PrototypeLearner(4)));
        LoadedRelease yardstick =
            new ReleaseLoader(DeviceUnderTest.DEVICE).load(Yardsticks.prototype(4));
        Adapter adapter = new Adapter()) {
      float[] halfway = {left[0] + right[0], left[1] + right[1], 0, 0};
      assertThat(scores(adapter, release, support.build(), halfway)[1])
          .isCloseTo(0.5f, within(1e-6f));
      assertThat(scores(adapter, yardstick, support.build(), halfway)[1]).isLessThan(0.2f);
    }
  }

  @Test
  void vectorsAsLongAsTheGuardAllowsGiveProbabilities() {
    SupportSet support =
        SupportSet.builder(2, 3)
            .name(0, new float[] {0x1p50f, 0})
            .example(0, new float[] {-0x1p50f, 0x1p50f})
            .example(1, new float[] {0, -0x1p50f})
            .build();
    try (LoadedRelease release =
            new ReleaseLoader(DeviceUnderTest.DEVICE)
                .load(Releases.of("long", new PrototypeLearner(2)));
        Adapter adapter = new Adapter()) {
      float[] got = scores(adapter, release, support, new float[] {0, -0x1p50f});
      assertThat(got).containsExactly(0f, 1f, 0f);
    }
  }

  private static float[] scores(
      Adapter adapter, LoadedRelease release, SupportSet support, float[] query) {
    AdaptedTask task = adapter.adapt(release, List.of(support)).get(0);
    return adapter.predict(release, List.of(new PredictQuery(task, "label", query))).get(0);
  }
}

package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.exploration.Beliefs;
import dev.freshet.adaptation.exploration.TastePosterior;
import dev.freshet.adaptation.exploration.ThompsonPolicy;
import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Learners;
import dev.freshet.adaptation.learner.scoring.ScoringLearners;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What heads with a ridge posterior believe, against the same posterior in doubles. */
class SpreadTest {
  private static final ItemLayout LAYOUT = new ItemLayout(8, 4);
  private static final double SPREAD = 1.25;
  private static final Map<String, Double> SETTINGS =
      Map.of(
          "centre", 3.5,
          "spread", SPREAD,
          "noise", 0.5,
          "offsetPrecision", 3.0,
          "tastePrecision", 1.5);

  private static final ThompsonPolicy THOMPSON =
      new ThompsonPolicy(ThompsonPolicy.DRAWS, LAYOUT.ratingFactors() + 1);

  private final Readers readers = new Readers(LAYOUT, 1);

  private static void with(Learner learner, BiConsumer<LoadedRelease, Adapter> test) {
    for (ReleaseLoader loader : DeviceUnderTest.loaders()) {
      try (LoadedRelease release = loader.load(Releases.of("s", learner));
          Adapter adapter = new Adapter()) {
        test.accept(release, adapter);
      }
    }
  }

  private List<float[]> rows(int count) {
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(readers.row());
    }
    return rows;
  }

  private static SupportSet support(List<float[]> rows, double[] values) {
    SupportSet.Builder support = SupportSet.builder(LAYOUT.features(), 1);
    for (int i = 0; i < values.length; i++) {
      support.scored((float) values[i], rows.get(i));
    }
    return support.build();
  }

  private static double[] values(int count) {
    Random random = new Random(count);
    return random.ints(count, 1, 6).asDoubleStream().toArray();
  }

  private static double[] taste(float[] row, double scale) {
    double[] taste = new double[LAYOUT.ratingFactors() + 1];
    taste[0] = scale;
    for (int k = 1; k < taste.length; k++) {
      taste[k] = scale * row[k - 1];
    }
    return taste;
  }

  /** By {@link TastePosterior}, which knows no graph. */
  private static Beliefs expected(List<float[]> events, double[] values, List<float[]> asked) {
    double[][] tastes = events.stream().map(row -> taste(row, 1)).toArray(double[][]::new);
    double[] residuals = new double[values.length];
    double[] weights = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      residuals[i] = (values[i] - events.get(i)[LAYOUT.base()]) / SPREAD;
      weights[i] = 1 / (0.5 + 0.5 * Math.exp(-events.get(i)[LAYOUT.count()]));
    }
    double[] precision = new double[LAYOUT.ratingFactors() + 1];
    Arrays.fill(precision, 1.5);
    precision[0] = 3;
    return TastePosterior.of(new double[precision.length], precision, tastes, residuals, weights)
        .beliefs(
            asked.stream().mapToDouble(row -> row[LAYOUT.base()]).toArray(),
            asked.stream().map(row -> taste(row, SPREAD)).toArray(double[][]::new));
  }

  /** Of the scores of all candidates: each unknown moved by 1, one after the other. */
  private static double[][] covariance(Beliefs beliefs) {
    double[][] covariance = new double[beliefs.candidates()][beliefs.candidates()];
    for (int unknown = 0; unknown < beliefs.dimensions(); unknown++) {
      double[] normals = new double[beliefs.dimensions()];
      normals[unknown] = 1;
      double[] scores = new double[beliefs.candidates()];
      beliefs.draw(normals, scores);
      for (int i = 0; i < scores.length; i++) {
        scores[i] -= beliefs.mean(i);
      }
      for (int i = 0; i < scores.length; i++) {
        for (int j = 0; j < scores.length; j++) {
          covariance[i][j] += scores[i] * scores[j];
        }
      }
    }
    return covariance;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 20, 300})
  void theRidgeBelievesWhatItsPosteriorSays(int events) {
    List<float[]> rated = rows(events);
    double[] values = values(events);
    List<float[]> asked = rows(70);
    with(
        ScoringLearners.RIDGE.create(LAYOUT, SETTINGS, "rating"),
        (release, adapter) -> {
          AdaptedTask task = adapter.adapt(release, List.of(support(rated, values))).get(0);

          Beliefs beliefs = adapter.beliefs(release, "rating", task, asked);

          Beliefs expected = expected(rated, values, asked);
          double[][] covariance = covariance(beliefs);
          double[][] exact = covariance(expected);
          for (int i = 0; i < asked.size(); i++) {
            assertThat(beliefs.mean(i)).isCloseTo(expected.mean(i), within(1e-4));
            for (int j = 0; j < asked.size(); j++) {
              assertThat(covariance[i][j])
                  .isCloseTo(exact[i][j], within(1e-4 * (1 + Math.abs(exact[i][j]))));
            }
          }
          double[] propensities = THOMPSON.propensities(beliefs);
          double[] exactly = THOMPSON.propensities(expected);
          for (int i = 0; i < asked.size(); i++) {
            assertThat(propensities[i]).isCloseTo(exactly[i], within(0.005));
          }
        });
  }

  /** Its mean is its network's, which an untrained one keeps near the ridge's. */
  @Test
  void theSetEncoderBelievesAsFirmlyAsItsRidge() {
    List<float[]> rated = rows(9);
    double[] values = values(9);
    List<float[]> asked = rows(30);
    with(
        new Readers(LAYOUT, 2).learner(ScoringLearners.SET_ENCODER, 20),
        (release, adapter) -> {
          assertThat(release.hasSpread("rating")).isTrue();
          assertThat(release.hasSpread("rank")).isFalse();
          AdaptedTask task = adapter.adapt(release, List.of(support(rated, values))).get(0);
          Beliefs beliefs = adapter.beliefs(release, "rating", task, asked);
          with(
              ScoringLearners.RIDGE.create(LAYOUT, Map.of(), "rating"),
              (ridge, other) -> {
                AdaptedTask same = other.adapt(ridge, List.of(support(rated, values))).get(0);
                assertThat(covariance(beliefs))
                    .isDeepEqualTo(covariance(other.beliefs(ridge, "rating", same, asked)));
              });
          assertThatThrownBy(() -> adapter.beliefs(release, "rank", task, asked))
              .hasMessageContaining("'rank'");
          assertThatThrownBy(() -> adapter.beliefs(release, "rating", task, List.of()))
              .hasMessageContaining("0 candidates");
        });
  }

  /** A policy that does not explore must choose what would be predicted. */
  @ParameterizedTest
  @EnumSource(names = {"RIDGE", "SET_ENCODER"})
  void meansAreThePredictionsToTheBit(ScoringLearners which) {
    List<float[]> asked = rows(133);
    with(
        which.create(LAYOUT, SETTINGS, "rating"),
        (release, adapter) -> {
          AdaptedTask task = adapter.adapt(release, List.of(readers.user(12))).get(0);
          Beliefs beliefs = adapter.beliefs(release, "rating", task, asked);
          List<PredictQuery> queries =
              asked.stream().map(row -> new PredictQuery(task, "rating", row)).toList();
          List<float[]> answers = adapter.predict(release, queries);
          for (int i = 0; i < asked.size(); i++) {
            assertThat((float) beliefs.mean(i)).isEqualTo(answers.get(i)[0]);
            Beliefs alone = adapter.beliefs(release, "rating", task, List.of(asked.get(i)));
            assertThat(alone.mean(0)).isEqualTo(beliefs.mean(i));
            assertThat(covariance(alone)[0][0]).isEqualTo(covariance(beliefs)[i][i]);
          }
        });
  }

  @Test
  void headsWithoutAPosteriorHaveNone() {
    with(
        Learners.MAML.create(LAYOUT.features(), Map.of("numbers", 1.0, "hidden1", 8.0)),
        (release, adapter) -> assertThat(release.hasSpread("score")).isFalse());
  }
}

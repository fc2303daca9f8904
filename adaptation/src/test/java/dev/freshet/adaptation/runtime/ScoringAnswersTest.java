package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.learner.TrainedLearner;
import dev.freshet.adaptation.learner.scoring.CatalogueSoftmaxLearner;
import dev.freshet.adaptation.learner.scoring.ScoringLearners;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What learners over item rows answer, against the formulas of their documentation. */
class ScoringAnswersTest {
  private static final ItemLayout LAYOUT = new ItemLayout(2, 2);
  private static final Map<String, Double> SCALE = Map.of("centre", 3.5, "spread", 1.25);

  private static final class Rated {
    private final float[] row;
    private final float value;

    Rated(float[] row, float value) {
      this.row = row;
      this.value = value;
    }

    float[] row() {
      return row;
    }

    float value() {
      return value;
    }
  }

  private static float[] answers(
      Learner learner, String head, List<Rated> support, List<float[]> queries) {
    SupportSet.Builder set = SupportSet.builder(LAYOUT.features(), 1);
    support.forEach(rated -> set.scored(rated.value(), rated.row()));
    try (LoadedRelease release =
            new ReleaseLoader(DeviceUnderTest.DEVICE).load(Releases.of("a", learner));
        Adapter adapter = new Adapter()) {
      AdaptedTask task = adapter.adapt(release, List.of(set.build())).get(0);
      List<PredictQuery> asked = new ArrayList<>();
      queries.forEach(row -> asked.add(new PredictQuery(task, head, row)));
      List<float[]> answers = adapter.predict(release, asked);
      float[] all = new float[answers.size()];
      for (int i = 0; i < all.length; i++) {
        all[i] = answers.get(i)[0];
      }
      return all;
    }
  }

  private static float[] item(double a, double b, double base, double ratings) {
    return new float[] {
      (float) a, (float) b, (float) b, (float) -a, (float) base, (float) Math.log1p(ratings), 0.5f
    };
  }

  /** Residuals 1 and 2, shrunk by two more ratings: 3 / 4. */
  @Test
  void offsetShrinkageMovesEveryAnswerByTheShrunkenMean() {
    Learner learner =
        ScoringLearners.OFFSET_SHRINKAGE.create(LAYOUT, Map.of("shrinkage", 2.0), "rating");
    List<Rated> support = List.of(new Rated(item(1, 0, 3, 5), 4), new Rated(item(0, 1, 2, 5), 4));

    float[] answers = answers(learner, "rating", support, List.of(item(0, 0, 2.5, 9)));

    assertThat(answers[0]).isCloseTo(3.25f, within(1e-5f));
  }

  @Test
  void everyScoringLearnerButTheTrainedNetworksAnswersWithTheItemsBaseAtFirst() {
    for (ScoringLearners each : List.of(ScoringLearners.OFFSET_SHRINKAGE, ScoringLearners.RIDGE)) {
      float[] answers =
          answers(
              each.create(LAYOUT, SCALE, "rating"),
              "rating",
              List.of(),
              List.of(item(1, 2, 2.75, 3)));

      assertThat(answers[0]).as(each.id()).isCloseTo(2.75f, within(1e-5f));
    }
  }

  /** Against Gaussian elimination in float64. */
  @Test
  void ridgeIsThePosteriorMeanOfItsFormula() {
    Map<String, Double> settings =
        Map.of(
            "centre", 3.5,
            "spread", 1.25,
            "noise", 0.5,
            "offsetPrecision", 3.0,
            "tastePrecision", 1.5);
    Learner learner = ScoringLearners.RIDGE.create(LAYOUT, settings, "rating");
    Random random = new Random(1);
    List<Rated> support = new ArrayList<>();
    double[][] system = {{3, 0, 0, 0}, {0, 1.5, 0, 0}, {0, 0, 1.5, 0}};
    for (int i = 0; i < 17; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double base = 3 + random.nextDouble();
      int ratings = random.nextInt(40);
      float value = 1 + random.nextInt(5);
      support.add(new Rated(item(a, b, base, ratings), value));
      double weight = 1 / (0.5 + 0.5 / (1 + ratings));
      double[] taste = {1, a, b};
      for (int k = 0; k < 3; k++) {
        for (int l = 0; l < 3; l++) {
          system[k][l] += weight * taste[k] * taste[l];
        }
        system[k][3] += weight * taste[k] * (value - base) / 1.25;
      }
    }
    double[] user = eliminated(system);

    float[] answers = answers(learner, "rating", support, List.of(item(0.3, -1.2, 3.1, 4)));

    double expected = 3.1 + 1.25 * (user[0] + 0.3 * user[1] - 1.2 * user[2]);
    assertThat(answers[0]).isCloseTo((float) expected, within(1e-4f));
  }

  private static double[] eliminated(double[][] system) {
    int size = system.length;
    for (int k = 0; k < size; k++) {
      for (int row = 0; row < size; row++) {
        double factor = row == k ? 0 : system[row][k] / system[k][k];
        for (int l = 0; l <= size; l++) {
          system[row][l] -= factor * system[k][l];
        }
      }
    }
    double[] solution = new double[size];
    for (int k = 0; k < size; k++) {
      solution[k] = system[k][size] / system[k][k];
    }
    return solution;
  }

  /** The same three steps in float64, by the formulas of the documentation. */
  @Test
  void catalogueSoftmaxClimbsTheLikelihoodOfTheUsersItems() {
    int background = 5;
    Random random = new Random(2);
    float[][] rows = new float[background][];
    float[] all = new float[background * LAYOUT.features()];
    for (int j = 0; j < background; j++) {
      rows[j] = item(random.nextGaussian(), random.nextGaussian(), 3 + random.nextDouble(), 10 * j);
      System.arraycopy(rows[j], 0, all, j * LAYOUT.features(), LAYOUT.features());
    }
    Settings settings =
        Settings.of(
            CatalogueSoftmaxLearner.SETTINGS,
            Map.of("background", (double) background, "centre", 3.5, "spread", 1.25));
    Learner learner =
        new TrainedLearner(
            new CatalogueSoftmaxLearner(LAYOUT, settings, "rank"),
            Map.of("background", Tensor.of(Shape.of(background, LAYOUT.features()), all)));
    List<Rated> support = List.of(new Rated(rows[1], 5), new Rated(rows[3], 2));

    float[] answers = answers(learner, "rank", support, List.of(rows));

    double[] user = climbed(rows, support);
    for (int j = 0; j < background; j++) {
      assertThat(answers[j]).isCloseTo((float) dot(columns(rows[j]), user), within(1e-3f));
    }
  }

  /** Defaults: κ 0.3, n_0 3, α 6, scale 1 and 0.2, start 0 and 2.5. */
  private static double[] climbed(float[][] rows, List<Rated> support) {
    double[] user = {0, 0, 0, 2.5, 2.5};
    for (int t = 0; t < 3; t++) {
      double[] p = new double[rows.length];
      double total = 0;
      for (int j = 0; j < rows.length; j++) {
        p[j] = Math.exp(dot(columns(rows[j]), user));
        total += p[j];
      }
      double mass = 3;
      double[] gradient = new double[user.length];
      for (Rated rated : support) {
        double s = 1 + 0.3 * Math.tanh((rated.value() - 3.5) / 1.25);
        mass += s;
        for (int k = 0; k < user.length; k++) {
          double expected = 0;
          for (int j = 0; j < rows.length; j++) {
            expected += p[j] / total * columns(rows[j])[k];
          }
          gradient[k] += s * (columns(rated.row())[k] - expected);
        }
      }
      for (int k = 0; k < user.length; k++) {
        user[k] += 6 * gradient[k] / mass;
      }
    }
    return user;
  }

  private static double[] columns(float[] row) {
    double[] columns = new double[row.length - LAYOUT.ratingFactors()];
    for (int k = 0; k < columns.length; k++) {
      columns[k] = row[k + LAYOUT.ratingFactors()] * (k < LAYOUT.rankingFactors() ? 1 : 0.2f);
    }
    return columns;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}

package dev.freshet.trainer.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {

  /**
   * Rows 1 and −1 of two ways: by symmetry no bias, and weights a and −a where the derivative 2a/C
   * − 4/(1 + exp 2a) is zero. With a = 1/2, C = (1 + e)/4.
   */
  @Test
  void twoRowsHaveTheSolutionFoundByHand() {
    LabelledRows rows = new LabelledRows(1, 2).add(0, new float[] {1}).add(1, new float[] {-1});
    FittedRegression fitted = new LogisticRegression((1 + Math.E) / 4).fit(rows);
    assertThat(fitted.weight(0, 0)).isCloseTo(0.5, within(1e-6));
    assertThat(fitted.weight(0, 1)).isCloseTo(-0.5, within(1e-6));
    assertThat(fitted.bias(0)).isCloseTo(0, within(1e-6));
    double probability = Math.E / (1 + Math.E);
    assertThat(fitted.probabilities(new float[] {1})[0]).isCloseTo(probability, within(1e-6));
  }

  /** Where the row says nothing, biases alone give each way the share that it has. */
  @Test
  void biasesAreNotPenalised() {
    LabelledRows rows = new LabelledRows(1, 3);
    int[] counts = {6, 3, 1};
    for (int way = 0; way < counts.length; way++) {
      for (int i = 0; i < counts[way]; i++) {
        rows.add(way, new float[] {0});
      }
    }
    double[] shares = new LogisticRegression(1e-3).fit(rows).probabilities(new float[] {0});
    assertThat(shares).containsExactly(new double[] {0.6, 0.3, 0.1}, within(1e-6));
  }

  /** At the minimum, for each way: w = C Σ_i (truth_i − probability_i) x_i, and Σ_i of it is 0. */
  @Test
  void theSolutionSatisfiesItsEquationsWithFewerRowsThanFeaturesAndWithMore() {
    for (int size : new int[] {12, 60}) {
      for (double constant : new double[] {0.1, 10, 1000}) {
        checkEquations(randomRows(size, 20, 4), 20, constant);
      }
    }
  }

  @Test
  void equalRowsCountTwice() {
    float[] first = {1, 0, 0};
    float[] second = {0.6f, 0.8f, 0};
    LabelledRows rows =
        new LabelledRows(3, 2).add(0, first).add(0, first).add(1, second).add(1, second);
    checkEquations(rows, 3, 5);
  }

  @Test
  void aWayWithoutRowsGetsNoProbability() {
    LabelledRows rows = new LabelledRows(2, 3);
    rows.add(0, new float[] {1, 0}).add(2, new float[] {0, 1});
    double[] probabilities = new LogisticRegression(10).fit(rows).probabilities(new float[] {0, 1});
    assertThat(probabilities[1]).isZero();
    assertThat(probabilities[2]).isGreaterThan(0.7);
    assertThat(probabilities[0] + probabilities[2]).isCloseTo(1, within(1e-12));
  }

  @Test
  void oneWayIsCertainAndNoRowsSayNothing() {
    LabelledRows one = new LabelledRows(2, 1).add(0, new float[] {1, 0});
    assertThat(new LogisticRegression(1).fit(one).probabilities(new float[] {0, 1}))
        .containsExactly(1.0);
    LabelledRows none = new LabelledRows(2, 2);
    assertThat(new LogisticRegression(1).fit(none).probabilities(new float[] {0, 1}))
        .containsExactly(0.5, 0.5);
  }

  /** Next to no penalty, and texts that stand under two labels: the hardest that streams can be. */
  @Test
  void itConvergesWhereRowsContradictOneAnother() {
    LabelledRows rows = randomRows(50, 384, 5);
    for (int row = 0; row < 20; row++) {
      rows.add((row * 3 + 1) % 5, rows.vector(row));
    }
    FittedRegression fitted = new LogisticRegression(1e6).fit(rows);
    assertThat(fitted.converged()).isTrue();
    double[] torn = fitted.probabilities(rows.vector(0));
    assertThat(torn[0]).isCloseTo(0.5, within(0.01));
    assertThat(torn[1]).isCloseTo(0.5, within(0.01));
  }

  @Test
  void twoFitsHaveTheSameBits() {
    float[] query = randomRows(1, 20, 1).vector(0);
    double[] first = new LogisticRegression(10).fit(randomRows(30, 20, 4)).probabilities(query);
    double[] second = new LogisticRegression(10).fit(randomRows(30, 20, 4)).probabilities(query);
    assertThat(first).isEqualTo(second);
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new LogisticRegression(0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new LogisticRegression(Double.NaN)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new LabelledRows(2, 2).add(2, new float[2]))
        .hasMessageContaining("a way of 0 to 1");
  }

  private static void checkEquations(LabelledRows rows, int features, double constant) {
    FittedRegression fitted = new LogisticRegression(constant).fit(rows);
    for (int way = 0; way < rows.ways(); way++) {
      double residuals = 0;
      double[] pulled = new double[features];
      for (int row = 0; row < rows.size(); row++) {
        double truth = rows.way(row) == way ? 1 : 0;
        double residual = truth - fitted.probabilities(rows.vector(row))[way];
        residuals += residual;
        for (int i = 0; i < features; i++) {
          pulled[i] += residual * rows.vector(row)[i];
        }
      }
      assertThat(residuals).isCloseTo(0, within(1e-5));
      for (int i = 0; i < features; i++) {
        assertThat(fitted.weight(i, way) / constant).isCloseTo(pulled[i], within(1e-5));
      }
    }
  }

  private static LabelledRows randomRows(int size, int features, int ways) {
    Random random = new Random(3);
    LabelledRows rows = new LabelledRows(features, ways);
    for (int row = 0; row < size; row++) {
      float[] vector = new float[features];
      for (int i = 0; i < features; i++) {
        vector[i] = (float) random.nextGaussian();
      }
      rows.add(row % ways, vector);
    }
    return rows;
  }
}

package dev.freshet.adaptation.exploration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Bayesian regression by hand: one unknown, and two whose events touch one each. */
class TastePosteriorTest {
  private static final double[][] ONE_ROW_OF_TWO = {{1, 0}};

  /** A = 4·2² + 2 = 18; m = (4·2·.5 + 2·1) / 18 = 1/3; one deviation is 1/√18. */
  @Test
  void oneUnknownIsAWeightedMean() {
    TastePosterior posterior =
        TastePosterior.of(
            new double[] {1},
            new double[] {2},
            new double[][] {{2}},
            new double[] {0.5},
            new double[] {4});
    assertThat(posterior.mean()).containsExactly(new double[] {1.0 / 3}, within(1e-12));
    Beliefs beliefs = posterior.beliefs(new double[] {10}, new double[][] {{3}});
    assertThat(beliefs.mean(0)).isCloseTo(11, within(1e-12));
    double[] scores = new double[1];
    beliefs.draw(new double[] {1}, scores);
    assertThat(scores[0]).isCloseTo(11 + 3 / Math.sqrt(18), within(1e-12));
  }

  /** Var(u) = A⁻¹ with A = [[3, 1], [1, 2]]: A⁻¹ = [[.4, −.2], [−.2, .6]]. */
  @Test
  void drawsHaveTheCovarianceOfThePosterior() {
    TastePosterior posterior =
        TastePosterior.of(
            new double[] {0, 0},
            new double[] {2, 1},
            new double[][] {{1, 1}},
            new double[] {0},
            new double[] {1});
    double[] first = posterior.draw(new double[] {1, 0});
    double[] second = posterior.draw(new double[] {0, 1});
    assertThat(first[0] * first[0] + second[0] * second[0]).isCloseTo(0.4, within(1e-12));
    assertThat(first[1] * first[1] + second[1] * second[1]).isCloseTo(0.6, within(1e-12));
    assertThat(first[0] * first[1] + second[0] * second[1]).isCloseTo(-0.2, within(1e-12));
  }

  /** Nothing is known of the second direction, so what lies there is tried about half the time. */
  @Test
  void thompsonTriesWhatThePosteriorLeavesOpen() {
    double[] events = {1000};
    TastePosterior posterior =
        TastePosterior.of(
            new double[] {0, 0}, new double[] {1, 1}, ONE_ROW_OF_TWO, new double[] {0}, events);
    ThompsonPolicy policy = new ThompsonPolicy(ThompsonPolicy.DRAWS, 2);
    double[] known = policy.propensities(beliefs(posterior, new double[][] {{1, 0}, {2, 0}}, 0.2));
    double[] open = policy.propensities(beliefs(posterior, new double[][] {{1, 0}, {0, 1}}, 0.2));
    assertThat(known[1]).isLessThan(0.01);
    assertThat(open[1]).isCloseTo(0.42, within(0.06));
  }

  private static Beliefs beliefs(TastePosterior posterior, double[][] rows, double ahead) {
    return posterior.beliefs(new double[] {ahead, 0}, rows);
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    double[] one = {1};
    assertThatThrownBy(() -> TastePosterior.of(one, one, ONE_ROW_OF_TWO, one, one))
        .hasMessageContaining("Row 0 has 2 numbers, expected 1");
    assertThatThrownBy(
            () -> TastePosterior.of(one, new double[] {0}, new double[0][], new double[0], one))
        .hasMessageContaining("0 rows, 0 residuals and 1 weights");
    assertThatThrownBy(
            () ->
                TastePosterior.of(
                    one, new double[] {0}, new double[0][], new double[0], new double[0]))
        .hasMessageContaining("Precision 0 of the prior is 0.0");
  }
}

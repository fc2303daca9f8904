package dev.freshet.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.trainer.evaluation.Result.ReliabilityBin;
import org.junit.jupiter.api.Test;

class ScorecardTest {
  private final Scorecard card = new Scorecard();

  @Test
  void itCountsTheBestAnswerAndOfEqualsTheFirst() {
    card.add(0, new double[] {0.2, 0.8}, 1);
    card.add(0, new double[] {0.5, 0.5}, 0);
    card.add(1, new double[] {0.5, 0.5}, 1);
    card.add(1, new double[] {0.9, 0.1}, 1);
    assertThat(card.accuracy().share()).isEqualTo(0.5);
    assertThat(card.units()).isEqualTo(2);
    assertThat(card.questions()).isEqualTo(4);
  }

  @Test
  void logLossIsTheMeanOfTheTrueLabelsAndACertainMistakeCostsNoMoreThanSo() {
    card.add(0, new double[] {0.25, 0.75}, 1);
    card.add(0, new double[] {1, 0}, 1);
    double expected = (-Math.log(0.75) - Math.log(1e-12)) / 2;
    assertThat(card.logLoss()).isCloseTo(expected, within(1e-12));
  }

  /** Four answers at 0.9 of which three are right, and one at 0.6 that is wrong. */
  @Test
  void calibrationErrorIsTheMeanDistanceOverQuestions() {
    for (int i = 0; i < 4; i++) {
      card.add(0, new double[] {0.9, 0.1}, i == 0 ? 1 : 0);
    }
    card.add(0, new double[] {0.6, 0.4}, 1);
    assertThat(card.calibration().error())
        .isCloseTo((4 * Math.abs(0.75 - 0.9) + 0.6) / 5, within(1e-12));
    assertThat(card.calibration().bins())
        .extracting(ReliabilityBin::queries)
        .containsExactly(1L, 4L);
  }

  @Test
  void aLeadIsMeasuredOnTheSameQuestions() {
    Scorecard other = new Scorecard();
    for (int unit = 0; unit < 3; unit++) {
      card.add(unit, new double[] {0.9, 0.1}, 0);
      card.add(unit, new double[] {0.9, 0.1}, 1);
      other.add(unit, new double[] {0.1, 0.9}, 0);
      other.add(unit, new double[] {0.9, 0.1}, 1);
    }
    Estimate lead = card.lead(other);
    assertThat(lead.share()).isEqualTo(0.5);
    assertThat(lead.halfWidth().orElseThrow()).isCloseTo(0, within(1e-12));
    other.add(2, new double[] {0.9, 0.1}, 1);
    assertThatThrownBy(() -> card.lead(other)).hasMessageContaining("Unit 2");
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    assertThatThrownBy(() -> card.add(0, new double[] {Double.NaN, 1}, 0))
        .hasMessageContaining("Way 0 was given NaN");
  }
}

package dev.freshet.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.trainer.evaluation.Estimate.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EstimateTest {

  /** Shares .8, .6, .7: mean .7, deviation .1, t(2) = 4.3027, so ± 4.3027 · .1 / √3. */
  @Test
  void unitsOfOneSizeHaveTheirMeanAndItsUsualInterval() {
    Estimate estimate = Estimate.of(List.of(new Unit(8, 10), new Unit(6, 10), new Unit(7, 10)));
    assertThat(estimate.share()).isCloseTo(0.7, within(1e-12));
    assertThat(estimate.halfWidth().orElseThrow()).isCloseTo(0.24842, within(1e-4));
  }

  @Test
  void aUnitCountsByItsQuestions() {
    Estimate estimate = Estimate.of(List.of(new Unit(10, 10), new Unit(0, 30)));
    assertThat(estimate.share()).isEqualTo(0.25);
  }

  @Test
  void oneUnitHasNoInterval() {
    assertThat(Estimate.of(List.of(new Unit(3, 4))).halfWidth()).isEmpty();
  }

  /** Questions of a unit that agree with one another: the interval must not count them singly. */
  @Test
  void theIntervalHoldsTheTruthAboutAsOftenAsItSays() {
    Random random = new Random(17);
    int held = 0;
    for (int experiment = 0; experiment < 2_000; experiment++) {
      List<Unit> units = new ArrayList<>();
      for (int unit = 0; unit < 12; unit++) {
        long questions = 20L + random.nextInt(20);
        units.add(new Unit(random.nextDouble() * questions, questions));
      }
      Estimate estimate = Estimate.of(units);
      held += Math.abs(estimate.share() - 0.5) <= estimate.halfWidth().orElseThrow() ? 1 : 0;
    }
    assertThat(held / 2_000.0).isBetween(0.93, 0.97);
  }

  /** From the tables of Student's t. */
  @Test
  void quantilesAreThoseOfTheTables() {
    assertThat(StudentQuantile.of(1)).isCloseTo(12.706, within(2e-3));
    assertThat(StudentQuantile.of(4)).isCloseTo(2.776, within(2e-3));
    assertThat(StudentQuantile.of(5)).isCloseTo(2.571, within(2e-3));
    assertThat(StudentQuantile.of(9)).isCloseTo(2.262, within(2e-3));
    assertThat(StudentQuantile.of(39)).isCloseTo(2.023, within(2e-3));
    assertThat(StudentQuantile.of(10_000)).isCloseTo(1.960, within(2e-3));
  }
}

package dev.freshet.trainer.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each estimator by hand. */
class EstimatorTest {
  private static final TargetPolicy UNIFORM = new UniformPolicy(List.of("a", "b"));

  /** For the uniform policy the weights are 1, 2, 5/8 and 2. */
  private static final BanditLog FOUR =
      BanditLog.of(
          "four",
          List.of(row("a", 1, 0.5), row("b", 0, 0.25), row("a", 1, 0.8), row("b", 1, 0.25)));

  private static LoggedChoice row(String action, double reward, double propensity) {
    return new LoggedChoice(action, "1", reward, propensity, List.of());
  }

  private static OffPolicyEvaluation.Line line(BanditLog log, Estimator estimator, double limit) {
    return OffPolicyEvaluation.estimates(log, UNIFORM, limit).stream()
        .filter(line -> line.estimator() == estimator)
        .findFirst()
        .orElseThrow();
  }

  private static Estimate estimate(BanditLog log, Estimator estimator) {
    return line(log, estimator, OffPolicyEvaluation.UNCLIPPED).estimate();
  }

  /** (1 + 0 + .625 + 2) / 4; the interval has three degrees of freedom, t = 3.1824. */
  @Test
  void inversePropensityWeighsEveryReward() {
    Estimate ips = estimate(FOUR, Estimator.IPS);
    assertThat(ips.value()).isCloseTo(0.90625, within(1e-12));
    assertThat(ips.ci95()).isCloseTo(3.1824 * Math.sqrt(2.10546875 / 12), within(1e-9));
  }

  /** 3.625 / 5.625; w (r − v) n / Σ w is .25284, −.91654, .15802 and .50568. */
  @Test
  void selfNormalisationDividesByTheWeights() {
    Estimate snips = estimate(FOUR, Estimator.SNIPS);
    assertThat(snips.value()).isCloseTo(3.625 / 5.625, within(1e-12));
    assertThat(snips.ci95()).isCloseTo(3.1824 * 0.314200, within(1e-5));
  }

  /**
   * Each row's model has seen the other alone, so q is 0 for the first and 1 for the second: 0 + 1
   * (1 − 0) and 1 + 2 (0 − 1), on average 0; t of one degree of freedom is 12.7062.
   */
  @Test
  void doublyRobustTakesItsModelFromTheOtherFolds() {
    BanditLog two = BanditLog.of("two", List.of(row("a", 1, 0.5), row("b", 0, 0.25)));
    Estimate dr = estimate(two, Estimator.DR);
    assertThat(dr.value()).isCloseTo(0, within(1e-12));
    assertThat(dr.ci95()).isCloseTo(12.7062, within(1e-9));
  }

  /** What the model explains has no width, whatever the weights are. */
  @Test
  void doublyRobustIsCertainWhereTheModelIsRight() {
    List<LoggedChoice> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(row(i % 3 == 0 ? "a" : "b", 2, 0.1 + 0.04 * i));
    }
    BanditLog log = BanditLog.of("always two", rows);
    Estimate dr = estimate(log, Estimator.DR);
    assertThat(dr.value()).isCloseTo(2, within(1e-12));
    assertThat(dr.ci95()).isCloseTo(0, within(1e-12));
    assertThat(estimate(log, Estimator.IPS).ci95()).isGreaterThan(0.5);
  }

  /** Ten rows each: mean ½, and the effect of "a" is 10 · ½ / (10 + 10). */
  @Test
  void effectsAreShrunkTowardsTheMean() {
    List<LoggedChoice> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(row(i % 2 == 0 ? "a" : "b", i % 2 == 0 ? 1 : 0, 0.5));
    }
    RewardModel model = RewardModel.fit(rows);
    assertThat(model.predict("a", "1", List.of())).isCloseTo(0.75, within(1e-12));
    assertThat(model.predict("b", "1", List.of())).isCloseTo(0.25, within(1e-12));
    assertThat(model.predict("never seen", "9", List.of())).isCloseTo(0.5, within(1e-12));
  }

  /** 5.625² / 9.390625. */
  @Test
  void theEffectiveSampleIsWhatUnequalWeightsLeave() {
    OffPolicyEvaluation.Line line = line(FOUR, Estimator.IPS, OffPolicyEvaluation.UNCLIPPED);
    assertThat(line.effectiveSample()).isCloseTo(31.640625 / 9.390625, within(1e-12));
    assertThat(line.meanWeight()).isCloseTo(1.40625, within(1e-12));
    assertThat(line.clippedShare()).isZero();
  }

  @Test
  void weightsAreClippedAndCounted() {
    OffPolicyEvaluation.Line line = line(FOUR, Estimator.IPS, 1.5);
    assertThat(line.estimate().value()).isCloseTo(3.125 / 4, within(1e-12));
    assertThat(line.clippedShare()).isEqualTo(0.5);
  }

  @Test
  void aPolicyThatDidWhatWasLoggedEarnsWhatWasLogged() {
    List<LoggedChoice> rows = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      rows.add(row(i % 4 == 0 ? "a" : "b", i % 3 == 0 ? 1 : 0, i % 4 == 0 ? 0.25 : 0.75));
    }
    BanditLog log = BanditLog.of("itself", rows);
    for (OffPolicyEvaluation.Line line :
        OffPolicyEvaluation.estimates(
            log, new FrequencyPolicy(log), OffPolicyEvaluation.UNCLIPPED)) {
      if (line.estimator() != Estimator.DR) {
        assertThat(line.estimate().value()).isCloseTo(log.mean().value(), within(1e-12));
        assertThat(line.estimate().ci95()).isCloseTo(log.mean().ci95(), within(1e-12));
      }
      assertThat(line.effectiveSample()).isCloseTo(8, within(1e-12));
    }
  }

  @Test
  void frequenciesAreThoseOfThePosition() {
    FrequencyPolicy policy =
        new FrequencyPolicy(
            BanditLog.of(
                "positions",
                List.of(
                    new LoggedChoice("a", "1", 0, 1, List.of()),
                    new LoggedChoice("b", "2", 0, 1, List.of()),
                    new LoggedChoice("b", "2", 0, 1, List.of()),
                    new LoggedChoice("a", "2", 0, 1, List.of()))));
    assertThat(policy.probability("a", "1", List.of())).isEqualTo(1);
    assertThat(policy.probability("b", "1", List.of())).isZero();
    assertThat(policy.probability("b", "2", List.of())).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(policy.probability("a", "new", List.of())).isEqualTo(0.5);
  }

  @Test
  void aLogThatSaysNothingOfThePolicyIsRefused() {
    TargetPolicy other = new UniformPolicy(List.of("c"));
    assertThatThrownBy(
            () -> OffPolicyEvaluation.estimates(FOUR, other, OffPolicyEvaluation.UNCLIPPED))
        .isInstanceOf(UnusableLogException.class)
        .hasMessageContaining("every weight is 0")
        .hasMessageContaining("[c]");
    assertThatThrownBy(() -> OffPolicyEvaluation.estimates(FOUR, UNIFORM, 0))
        .hasMessageContaining("largest weight is 0.0, expected");
    assertThatThrownBy(() -> row("a", 1, 0)).hasMessageContaining("propensity 0.0");
  }
}

package dev.freshet.adaptation.exploration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every policy keeps, and what each of them is. */
class ChoicePolicyTest {
  private static final Beliefs THREE =
      IndependentBeliefs.of(new double[] {1, 1.5, 0.5}, new double[] {0.5, 0.5, 1});

  static Stream<ChoicePolicy> policies() {
    return Stream.of(
        new GreedyPolicy(), new EpsilonPolicy(0.3), new ThompsonPolicy(ThompsonPolicy.DRAWS, 8));
  }

  private static DrawSeed query(long offset) {
    return new DrawSeed(2, offset, "readers", "user-7", "q-" + offset);
  }

  private static Beliefs random(Random random) {
    int candidates = 1 + random.nextInt(8);
    return IndependentBeliefs.of(
        random.doubles(candidates, -1, 1).toArray(), random.doubles(candidates, 0, 1).toArray());
  }

  @ParameterizedTest
  @MethodSource("policies")
  void propensitiesSumToOneOverTheCandidates(ChoicePolicy policy) {
    Random random = new Random(3);
    for (int trial = 0; trial < 100; trial++) {
      double[] propensities = policy.propensities(random(random));
      assertThat(Arrays.stream(propensities).sum()).isCloseTo(1, within(1e-12));
      assertThat(Arrays.stream(propensities).min().orElseThrow()).isNotNegative();
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void aReplayChoosesTheSameWithTheSamePropensityBitForBit(ChoicePolicy policy) {
    ChoicePolicy again =
        policies().filter(other -> other.name().equals(policy.name())).findFirst().orElseThrow();
    Random random = new Random(4);
    for (int offset = 0; offset < 100; offset++) {
      Beliefs beliefs = random(random);
      Choice first = policy.choose(beliefs, query(offset));
      Choice second = again.choose(beliefs, query(offset));
      assertThat(second).isEqualTo(first);
      assertThat(Double.doubleToRawLongBits(first.propensity()))
          .isEqualTo(Double.doubleToRawLongBits(policy.propensities(beliefs)[first.candidate()]));
    }
  }

  /** The bound is 4.5 standard deviations of a share of 20,000. */
  @ParameterizedTest
  @MethodSource("policies")
  void choicesAreAsFrequentAsTheirPropensitiesSay(ChoicePolicy policy) {
    int queries = 20_000;
    int[] chosen = new int[THREE.candidates()];
    for (int offset = 0; offset < queries; offset++) {
      chosen[policy.choose(THREE, query(offset)).candidate()]++;
    }
    double[] propensities = policy.propensities(THREE);
    for (int i = 0; i < chosen.length; i++) {
      double p = propensities[i];
      double bound = 4.5 * Math.sqrt(p * (1 - p) / queries) + 1e-12;
      assertThat(chosen[i] / (double) queries).isCloseTo(p, within(bound));
    }
  }

  @Test
  void greedyTakesTheFirstOfTheBest() {
    Beliefs beliefs = IndependentBeliefs.certain(1, 3, 3, 2);
    assertThat(new GreedyPolicy().propensities(beliefs)).containsExactly(0, 1, 0, 0);
    assertThat(new GreedyPolicy().choose(beliefs, query(1))).isEqualTo(new Choice(1, 1));
  }

  @Test
  void epsilonGivesEveryCandidateItsShare() {
    Beliefs beliefs = IndependentBeliefs.certain(1, 3, 2, 0);
    double[] propensities = new EpsilonPolicy(0.2).propensities(beliefs);
    assertThat(propensities).containsExactly(new double[] {0.05, 0.85, 0.05, 0.05}, within(1e-15));
    assertThat(new EpsilonPolicy(0).propensities(beliefs)).containsExactly(0, 1, 0, 0);
    assertThat(new EpsilonPolicy(1).propensities(beliefs)).containsOnly(0.25);
  }

  /** P(s1 > s0) = Φ((1.5 − 1) / √(.5² + .5²)) = Φ(.7071) = .7602. */
  @Test
  void thompsonIsNearTheClosedFormOfTwoCandidates() {
    Beliefs two = IndependentBeliefs.of(new double[] {1, 1.5}, new double[] {0.5, 0.5});
    double[] panel = new ThompsonPolicy(ThompsonPolicy.DRAWS, 2).propensities(two);
    assertThat(panel[1]).isCloseTo(0.7602, within(0.05));
    double[] fine = new ThompsonPolicy(65_536, 2).propensities(two);
    assertThat(fine[1]).isCloseTo(0.7602, within(0.006));
  }

  @Test
  void thompsonWithoutDoubtIsGreedy() {
    assertThat(new ThompsonPolicy(64, 3).propensities(IndependentBeliefs.certain(1, 3, 2)))
        .containsExactly(0, 1, 0);
  }

  @Test
  void everyPartOfTheSeedMatters() {
    double first = new DrawSeed(0, 5, "a", "b", "c").uniform();
    assertThat(first).isBetween(0.0, 1.0).isNotEqualTo(1.0);
    assertThat(new DrawSeed(1, 5, "a", "b", "c").uniform()).isNotEqualTo(first);
    assertThat(new DrawSeed(0, 6, "a", "b", "c").uniform()).isNotEqualTo(first);
    assertThat(new DrawSeed(0, 5, "ab", "", "c").uniform()).isNotEqualTo(first);
    assertThat(new DrawSeed(0, 5, "a", "bc", "").uniform()).isNotEqualTo(first);
    assertThat(new DrawSeed(0, 5, "a", "b", "c").uniform()).isEqualTo(first);
  }

  @Test
  void whatCannotBeIsRefusedWithWhatWasExpected() {
    assertThatThrownBy(() -> new EpsilonPolicy(1.5)).hasMessageContaining("epsilon is 1.5");
    assertThatThrownBy(() -> new EpsilonPolicy(Double.NaN)).hasMessageContaining("epsilon is NaN");
    assertThatThrownBy(() -> IndependentBeliefs.certain()).hasMessageContaining("one at least");
    assertThatThrownBy(() -> IndependentBeliefs.certain(1, Double.NaN))
        .hasMessageContaining("Candidate 1 has mean NaN");
    assertThatThrownBy(() -> new ThompsonPolicy(16, 2).propensities(THREE))
        .hasMessageContaining("3 dimensions, expected 2 at most");
    assertThatThrownBy(() -> new DrawSeed(0, -1, "a", "b", "c")).hasMessageContaining("offset -1");
  }
}

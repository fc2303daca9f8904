package dev.freshet.trainer.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Four hundred logs of one window, whose truth is known. Bounds: four standard errors for a bias,
 * and for a coverage of 95 % in 400 logs four of 1.1 %.
 */
class BanditSimulationTest {
  private static final int LOGS = 400;
  private static final int ROWS = 1000;
  private static final BanditSimulation WINDOW = new BanditSimulation(1);

  static Stream<TargetPolicy> policies() {
    return WINDOW.policies().stream();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void estimatesAreUnbiasedAndCoverTheTruthWhereTheLoggedMeanDoesNot(TargetPolicy policy) {
    double truth = WINDOW.truth(policy);
    Map<Estimator, List<Estimate>> all = new EnumMap<>(Estimator.class);
    List<Estimate> naive = new ArrayList<>();
    for (int run = 0; run < LOGS; run++) {
      BanditLog log = WINDOW.log(ROWS, run);
      naive.add(log.mean());
      for (OffPolicyEvaluation.Line line :
          OffPolicyEvaluation.estimates(log, policy, OffPolicyEvaluation.UNCLIPPED)) {
        all.computeIfAbsent(line.estimator(), any -> new ArrayList<>()).add(line.estimate());
      }
    }
    all.forEach(
        (estimator, estimates) -> {
          assertThat(Math.abs(bias(estimates, truth)))
              .as("bias of " + estimator)
              .isLessThan(4 * standardError(estimates));
          assertThat(coverage(estimates, truth))
              .as("coverage of " + estimator)
              .isBetween(0.906, 0.994);
        });
    // Where the log shows what the policy avoids, weights and rewards are opposed, and a model of
    // the rewards has little left to explain.
    double ratio = policy.name().equals("best") ? 0.9 : 1.01;
    assertThat(standardError(of(all, Estimator.DR)))
        .isLessThan(ratio * standardError(of(all, Estimator.IPS)));
    assertThat(Math.abs(bias(naive, truth))).isGreaterThan(20 * standardError(naive));
    assertThat(coverage(naive, truth)).isLessThan(0.5);
  }

  private static List<Estimate> of(Map<Estimator, List<Estimate>> all, Estimator estimator) {
    return all.getOrDefault(estimator, List.of());
  }

  private static double bias(List<Estimate> estimates, double truth) {
    return mean(estimates) - truth;
  }

  private static double mean(List<Estimate> estimates) {
    return estimates.stream().mapToDouble(Estimate::value).average().orElseThrow();
  }

  private static double standardError(List<Estimate> estimates) {
    return Estimate.ofMean(estimates.stream().mapToDouble(Estimate::value).toArray()).ci95() / 1.96;
  }

  private static double coverage(List<Estimate> estimates, double truth) {
    return estimates.stream().filter(estimate -> estimate.covers(truth)).count()
        / (double) estimates.size();
  }
}

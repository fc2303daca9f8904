package dev.freshet.trainer.offpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Two policies on one shop window, where the logs are at hand: what each earned says whether the
 * other's log told it. The numbers were computed once more by other code.
 */
class OpenBanditTest {
  private static BanditLog log(String policy) {
    String root = System.getProperty("freshet.root", "..");
    Path folder = Path.of(root).resolve("../shared/data/bandit_obd").normalize();
    assumeTrue(Files.isDirectory(folder), "no development data");
    return BanditFile.read(
        folder.resolve(policy).resolve("men/men.csv.gz"), BanditColumns.OPEN_BANDIT);
  }

  @Test
  void theThompsonLogTellsWhatTheRandomPolicyEarned() {
    BanditLog random = log("random");
    compare(log("bts"), new UniformPolicy(random.actions()), random, 0.0030086, 655.71);
  }

  @Test
  void theRandomLogTellsWhatThompsonSamplingEarned() {
    BanditLog thompson = log("bts");
    compare(log("random"), new FrequencyPolicy(thompson), thompson, 0.0056563, 2869.28);
  }

  private static void compare(
      BanditLog log, TargetPolicy policy, BanditLog itself, double ips, double effective) {
    Estimate onPolicy = itself.mean();
    for (OffPolicyEvaluation.Line line :
        OffPolicyEvaluation.estimates(log, policy, OffPolicyEvaluation.UNCLIPPED)) {
      Estimate estimate = line.estimate();
      double width = Math.hypot(estimate.ci95(), onPolicy.ci95());
      assertThat(estimate.value()).isCloseTo(onPolicy.value(), within(width));
      assertThat(line.effectiveSample()).isCloseTo(effective, within(0.01));
      if (line.estimator() == Estimator.IPS) {
        assertThat(estimate.value()).isCloseTo(ips, within(1e-7));
      }
    }
  }
}

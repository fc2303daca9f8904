package dev.freshet.trainer.sine;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Learners;
import java.util.Map;

/** The paper's network: one input, two hidden layers of 40 with ReLU, one output. */
final class SineNetwork {
  /** Inner rate at training and, for MAML, at testing. */
  static final double RATE = 0.01;

  private SineNetwork() {}

  /**
   * Untrained.
   *
   * @param steps of the inner loop; with none it answers as it is
   * @param seed of the weights
   */
  static Learner of(int steps, double rate, long seed) {
    return Learners.MAML.create(
        1,
        Map.of(
            "numbers", 1.0,
            "fixedRates", 1.0,
            "hidden1", 40.0,
            "hidden2", 40.0,
            "steps", (double) Math.max(1, steps),
            "rate", steps == 0 ? 0.0 : rate,
            "seed", (double) seed));
  }
}

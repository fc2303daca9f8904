package dev.freshet.trainer.offpolicy;

import java.util.List;

/** How much more likely the target policy is to do what was done: w = min(π / p, limit). */
final class Weights {
  private final double[] values;
  private final int clipped;

  private Weights(double[] values, int clipped) {
    this.values = values;
    this.clipped = clipped;
  }

  static Weights of(BanditLog log, TargetPolicy policy, double limit) {
    List<LoggedChoice> choices = log.choices();
    double[] values = new double[choices.size()];
    int clipped = 0;
    for (int i = 0; i < values.length; i++) {
      LoggedChoice choice = choices.get(i);
      double weight =
          policy.probability(choice.action(), choice.position(), choice.context())
              / choice.propensity();
      if (weight > limit) {
        clipped++;
      }
      values[i] = Math.min(weight, limit);
    }
    return new Weights(values, clipped);
  }

  double get(int row) {
    return values[row];
  }

  int size() {
    return values.length;
  }

  double sum() {
    double sum = 0;
    for (double weight : values) {
      sum += weight;
    }
    return sum;
  }

  /** (Σ w)² / Σ w² (Kish: Survey Sampling, 1965); 0 if the policy does nothing of the log. */
  double effectiveSample() {
    double squares = 0;
    for (double weight : values) {
      squares += weight * weight;
    }
    return squares == 0 ? 0 : sum() * sum() / squares;
  }

  double clippedShare() {
    return (double) clipped / values.length;
  }
}

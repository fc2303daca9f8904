package dev.freshet.trainer.offpolicy;

import java.util.ArrayList;
import java.util.List;

/**
 * Ways to a policy's value from the log of another one; w = π(a | x) / p, what the target policy
 * makes of a logged propensity.
 */
public enum Estimator {
  /** Mean of w r (Horvitz and Thompson, 1952): unbiased, and as wide as the largest weights. */
  IPS("ips") {
    @Override
    Estimate estimate(BanditLog log, TargetPolicy policy, Weights weights) {
      double[] terms = new double[weights.size()];
      for (int i = 0; i < terms.length; i++) {
        terms[i] = weights.get(i) * log.choices().get(i).reward();
      }
      return Estimate.ofMean(terms);
    }
  },

  /**
   * Σ w r / Σ w (Swaminathan and Joachims: The Self-Normalized Estimator for Counterfactual
   * Learning, 2015): a small bias that goes with 1 / n, never outside the rewards. The interval is
   * the delta method's.
   */
  SNIPS("snips") {
    @Override
    Estimate estimate(BanditLog log, TargetPolicy policy, Weights weights) {
      int n = weights.size();
      double sum = weights.sum();
      double rewards = 0;
      for (int i = 0; i < n; i++) {
        rewards += weights.get(i) * log.choices().get(i).reward();
      }
      double value = rewards / sum;
      double[] influence = new double[n];
      for (int i = 0; i < n; i++) {
        influence[i] = n * weights.get(i) * (log.choices().get(i).reward() - value) / sum;
      }
      return new Estimate(value, Estimate.ofMean(influence).ci95());
    }
  },

  /**
   * Mean of Σ_a π(a | x) q(x, a) + w (r − q(x, a)) (Dudík, Langford and Li: Doubly Robust Policy
   * Evaluation and Learning, 2011), q fitted on the folds that the row is not in (Chernozhukov and
   * others: Double/debiased machine learning, 2018): unbiased whatever q is, narrower the better it
   * is. Folds go by the row's number, five of them.
   */
  DR("dr") {
    @Override
    Estimate estimate(BanditLog log, TargetPolicy policy, Weights weights) {
      double[] terms = new double[weights.size()];
      for (int fold = 0; fold < FOLDS; fold++) {
        RewardModel model = RewardModel.fit(without(log, fold));
        for (int i = fold; i < terms.length; i += FOLDS) {
          terms[i] = term(model, policy, log.choices().get(i), weights.get(i));
        }
      }
      return Estimate.ofMean(terms);
    }
  };

  private static final int FOLDS = 5;

  private final String label;

  Estimator(String label) {
    this.label = label;
  }

  /** As it stands in tables and documents. */
  public String label() {
    return label;
  }

  abstract Estimate estimate(BanditLog log, TargetPolicy policy, Weights weights);

  private static List<LoggedChoice> without(BanditLog log, int fold) {
    List<LoggedChoice> others = new ArrayList<>();
    for (int i = 0; i < log.choices().size(); i++) {
      if (i % FOLDS != fold) {
        others.add(log.choices().get(i));
      }
    }
    return others;
  }

  private static double term(
      RewardModel model, TargetPolicy policy, LoggedChoice choice, double weight) {
    String position = choice.position();
    double expected = 0;
    for (String action : policy.actions()) {
      double probability = policy.probability(action, position, choice.context());
      if (probability > 0) {
        expected += probability * model.predict(action, position, choice.context());
      }
    }
    double predicted = model.predict(choice.action(), position, choice.context());
    return expected + weight * (choice.reward() - predicted);
  }
}

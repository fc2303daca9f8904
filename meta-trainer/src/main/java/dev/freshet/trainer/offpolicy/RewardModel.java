package dev.freshet.trainer.offpolicy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Expected reward as a sum of effects: the mean, one for the action, one for the position, one for
 * each category of the context, and one for each action in each category. Ridge regression on
 * indicators, by block coordinate descent: an effect becomes Σ residuals / (n + λ), block after
 * block. A crude model is enough: the doubly robust estimate is unbiased whatever it says, and only
 * its width depends on it.
 */
final class RewardModel {
  /** Rows that "no effect" is worth. */
  private static final double SHRINKAGE = 10;

  private static final int SWEEPS = 8;

  private final double mean;
  private final List<Map<List<String>, Double>> effects = new ArrayList<>();

  private RewardModel(double mean, int blocks) {
    this.mean = mean;
    for (int block = 0; block < blocks; block++) {
      effects.add(new HashMap<>());
    }
  }

  static RewardModel fit(List<LoggedChoice> choices) {
    double mean = choices.stream().mapToDouble(LoggedChoice::reward).average().orElse(0);
    if (choices.isEmpty()) {
      return new RewardModel(mean, 0);
    }
    List<List<List<String>>> keys = new ArrayList<>();
    double[] residuals = new double[choices.size()];
    for (int i = 0; i < residuals.length; i++) {
      LoggedChoice choice = choices.get(i);
      keys.add(keys(choice.action(), choice.position(), choice.context()));
      residuals[i] = choice.reward() - mean;
    }
    RewardModel model = new RewardModel(mean, keys.get(0).size());
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int block = 0; block < model.effects.size(); block++) {
        model.refit(block, keys, residuals);
      }
    }
    return model;
  }

  private void refit(int block, List<List<List<String>>> keys, double[] residuals) {
    Map<List<String>, Double> old = effects.get(block);
    Map<List<String>, double[]> sums = new HashMap<>();
    for (int i = 0; i < residuals.length; i++) {
      List<String> key = keys.get(i).get(block);
      residuals[i] += old.getOrDefault(key, 0.0);
      double[] sum = sums.computeIfAbsent(key, any -> new double[2]);
      sum[0] += residuals[i];
      sum[1]++;
    }
    Map<List<String>, Double> fresh = new HashMap<>();
    sums.forEach((key, sum) -> fresh.put(key, sum[0] / (sum[1] + SHRINKAGE)));
    for (int i = 0; i < residuals.length; i++) {
      residuals[i] -= fresh.getOrDefault(keys.get(i).get(block), 0.0);
    }
    effects.set(block, fresh);
  }

  double predict(String action, String position, List<String> context) {
    double sum = mean;
    List<List<String>> keys = keys(action, position, context);
    for (int block = 0; block < effects.size(); block++) {
      sum += effects.get(block).getOrDefault(keys.get(block), 0.0);
    }
    return sum;
  }

  private static List<List<String>> keys(String action, String position, List<String> context) {
    List<List<String>> keys = new ArrayList<>();
    keys.add(List.of(action));
    keys.add(List.of(position));
    for (String category : context) {
      keys.add(List.of(category));
    }
    for (String category : context) {
      keys.add(List.of(action, category));
    }
    return keys;
  }
}

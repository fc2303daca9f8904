package dev.freshet.trainer.offpolicy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every action as often as another log has it at that position, whatever the context: what a policy
 * that learned over time did on average. Where the log has no such position, as often as anywhere.
 */
public final class FrequencyPolicy implements TargetPolicy {
  private final List<String> actions;
  private final Map<String, Map<String, Double>> shares = new HashMap<>();
  private final Map<String, Double> anywhere;

  /** The frequencies of a log. */
  public FrequencyPolicy(BanditLog log) {
    actions = log.actions();
    Map<String, Map<String, Double>> counts = new HashMap<>();
    Map<String, Double> all = new HashMap<>();
    for (LoggedChoice choice : log.choices()) {
      counts
          .computeIfAbsent(choice.position(), position -> new HashMap<>())
          .merge(choice.action(), 1.0, Double::sum);
      all.merge(choice.action(), 1.0, Double::sum);
    }
    counts.forEach((position, count) -> shares.put(position, shares(count)));
    anywhere = shares(all);
  }

  private static Map<String, Double> shares(Map<String, Double> counts) {
    double total = counts.values().stream().mapToDouble(Double::doubleValue).sum();
    Map<String, Double> shares = new HashMap<>();
    counts.forEach((action, count) -> shares.put(action, count / total));
    return shares;
  }

  @Override
  public String name() {
    return "frequency";
  }

  @Override
  public List<String> actions() {
    return actions;
  }

  @Override
  public double probability(String action, String position, List<String> context) {
    return shares.getOrDefault(position, anywhere).getOrDefault(action, 0.0);
  }
}

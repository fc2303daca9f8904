package dev.freshet.trainer.offpolicy;

import java.util.List;
import java.util.Set;

/** Any of the actions, equally likely. */
public final class UniformPolicy implements TargetPolicy {
  private final List<String> actions;
  private final Set<String> known;

  /** One action at least. */
  public UniformPolicy(List<String> actions) {
    this.actions = List.copyOf(actions);
    this.known = Set.copyOf(actions);
  }

  @Override
  public String name() {
    return "uniform";
  }

  @Override
  public List<String> actions() {
    return actions;
  }

  @Override
  public double probability(String action, String position, List<String> context) {
    return known.contains(action) ? 1.0 / actions.size() : 0;
  }
}

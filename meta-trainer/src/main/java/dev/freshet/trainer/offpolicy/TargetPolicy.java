package dev.freshet.trainer.offpolicy;

import java.util.List;

/** A policy that is asked about. */
public interface TargetPolicy {
  /** What it is called. */
  String name();

  /** All actions it may take. */
  List<String> actions();

  /**
   * How likely it takes an action; over {@link #actions} these sum to 1.
   *
   * @param action one of the actions, or any other, which it never takes
   * @param position where
   * @param context as in the log
   */
  double probability(String action, String position, List<String> context);
}

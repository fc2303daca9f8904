package dev.freshet.trainer.offpolicy;

import java.util.List;

/**
 * An action that was taken, how likely it was, and what it earned.
 *
 * @param action what was shown
 * @param position where it was shown; a choice of its own, with a propensity of its own
 * @param reward finite
 * @param propensity with which the logging policy took this action here; above 0, at most 1
 * @param context what was known before, as categories; as many for every row of a log
 */
public record LoggedChoice(
    String action, String position, double reward, double propensity, List<String> context) {
  public LoggedChoice {
    if (!Double.isFinite(reward) || !(propensity > 0) || propensity > 1) {
      throw new IllegalArgumentException(
          "Action '%s' has reward %s and propensity %s, expected a finite reward and a propensity above 0, at most 1."
              .formatted(action, reward, propensity));
    }
    context = List.copyOf(context);
  }
}

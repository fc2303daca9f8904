package dev.freshet.trainer.offpolicy;

import java.util.List;
import java.util.TreeSet;

/**
 * What a policy did, and what it earned.
 *
 * @param name of the file or the simulation
 * @param choices in the order of the log; two at least, for an interval needs them
 * @param refused rows that were left out
 */
public record BanditLog(String name, List<LoggedChoice> choices, RefusedRows refused) {
  public BanditLog {
    choices = List.copyOf(choices);
    if (choices.size() < 2) {
      throw new UnusableLogException(
          "Log %s has %d usable rows, expected two or more; left out were %s. Check the names of its columns."
              .formatted(name, choices.size(), refused));
    }
  }

  /** A log of which every row is of use. */
  public static BanditLog of(String name, List<LoggedChoice> choices) {
    return new BanditLog(name, choices, RefusedRows.NONE);
  }

  /** All that was ever shown, in order. */
  public List<String> actions() {
    TreeSet<String> actions = new TreeSet<>();
    choices.forEach(choice -> actions.add(choice.action()));
    return List.copyOf(actions);
  }

  /** What the logging policy earned a row: the on-policy value. */
  public Estimate mean() {
    return Estimate.ofMean(choices.stream().mapToDouble(LoggedChoice::reward).toArray());
  }
}

package dev.freshet.job.support;

/**
 * Hears of the examples of items that join a task's support or are taken out of it, and of what the
 * policy evicts, whatever it is about.
 */
@FunctionalInterface
public interface ItemTally {
  /** Hears nothing. */
  ItemTally NONE = (item, value, joined, atMillis) -> {};

  /**
   * What was evicted stays counted: it was true.
   *
   * @param joined false where an example was retracted, corrected, or its task was closed
   * @param atMillis log time at which it was added
   */
  void count(String item, double value, boolean joined, long atMillis);

  /** An example left because of the policy: others are newer, or it grew old. */
  default void evicted() {}
}

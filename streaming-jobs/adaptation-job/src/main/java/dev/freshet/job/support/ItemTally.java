package dev.freshet.job.support;

/** Hears of the examples of items that join a task's support or are taken out of it. */
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
}

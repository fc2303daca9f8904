package dev.freshet.job.support;

/**
 * A label of a task, as far as the task's header knows it.
 *
 * @param namedAt offset of the event that first named it; {@link #UNNAMED} where none has
 * @param rank its place among the labels that this event named
 * @param examples of it in force
 */
record TaskLabel(String id, long namedAt, int rank, int examples) {
  /** After every offset: an unnamed label takes its place from its first example. */
  static final long UNNAMED = Long.MAX_VALUE;

  boolean named() {
    return namedAt != UNNAMED;
  }

  /** A label that nobody named and no example has any more is as if it had never been. */
  boolean inForce() {
    return named() || examples > 0;
  }

  TaskLabel withExamples(int count) {
    return new TaskLabel(id, namedAt, rank, count);
  }

  TaskLabel namedAt(long offset, int place) {
    return named() ? this : new TaskLabel(id, offset, place, examples);
  }
}

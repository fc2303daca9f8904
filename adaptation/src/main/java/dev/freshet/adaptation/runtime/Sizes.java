package dev.freshet.adaptation.runtime;

/**
 * How far to pad, and how much to put into one call. Padding of an axis depends on the task alone,
 * so that its bits cannot depend on the others in the call.
 */
final class Sizes {
  /** A batch of one takes other routines in ONNX Runtime, with other bits. */
  static final int AXIS_MIN = 2;

  /**
   * In a product with a single column, rows past the last multiple of four have other bits (see
   * ProductBitsTest): with the queries in fours, and the tasks in twos, there are none.
   */
  static final int QUERIES_MIN = 4;

  /**
   * On a GPU, 1,024 at once take little longer, but a few of them alone as long; on a CPU the bytes
   * below are reached long before.
   */
  static final int TASKS_MAX = 256;

  /** Near the size of a CPU's L2 cache. */
  static final int CALL_BYTES_MAX = 4 << 20;

  /**
   * On a GPU. All of it is copied at every call, for one task as for many; and what a call holds in
   * between, such as products of rows with rows, is many times that.
   */
  static final int FULL_CALL_BYTES_MAX = 16 << 20;

  /** Queries of a row of a call that is always full: more than most tasks are asked at once. */
  static final int FULL_QUERIES = 8;

  /**
   * Tasks that are asked about a whole catalogue at once: what a network makes of a chunk of it for
   * each of them should stay near the cache, and more of them gained nothing.
   */
  static final int TOP_TASKS_MAX = 16;

  /** Queries of one task in one row of a call; more make another row. */
  static final int QUERIES_MAX = 64;

  private Sizes() {}

  /** The next power of two, at least 2. */
  static int bucket(int size) {
    if (size > 1 << 30) {
      throw new IllegalArgumentException(
          "An axis of " + size + " is beyond what one call can hold, " + (1 << 30) + ".");
    }
    int highest = Integer.highestOneBit(Math.max(size, AXIS_MIN));
    return highest >= size ? highest : highest << 1;
  }

  static int queryBucket(int queries) {
    return bucket(Math.max(QUERIES_MIN, queries));
  }

  /** An even number of tasks, at least 2. */
  static int taskBucket(int tasks) {
    return Math.max(AXIS_MIN, tasks + tasks % 2);
  }
}

package dev.freshet.adaptation.runtime;

/**
 * How large the calls of an engine are, so that a task's bits cannot depend on who shares its call.
 */
enum Filling {
  /**
   * As large as what is in them, in steps: ONNX Runtime on a CPU computes each task of a call alike
   * but where an axis is one or a product has a single column.
   */
  SNUG(Sizes.QUERIES_MAX, Sizes.CALL_BYTES_MAX),
  /**
   * Always full: a GPU's libraries choose how to multiply by every size of a call, and what they
   * choose rounds differently. For small tasks it costs little: a call takes as long as its kernels
   * take to launch. For large ones it costs copying {@link Sizes#FULL_CALL_BYTES_MAX} bytes.
   */
  FULL(Sizes.FULL_QUERIES, Sizes.FULL_CALL_BYTES_MAX);

  private final int queriesMax;
  private final long callBytesMax;

  Filling(int queriesMax, long callBytesMax) {
    this.queriesMax = queriesMax;
    this.callBytesMax = callBytesMax;
  }

  static Filling of(Engine engine) {
    return switch (engine) {
      case CPU -> SNUG;
      case CUDA -> FULL;
    };
  }

  /**
   * Of a call, padding included.
   *
   * @param tasks that are in it, at most {@code perCall}
   * @param perCall as many as calls of this size may have
   */
  int tasks(int tasks, int perCall) {
    return this == FULL ? perCall : Sizes.taskBucket(tasks);
  }

  /** Queries of a row of a call, padding included. */
  int queries(int queries) {
    return this == FULL ? queriesMax : Sizes.queryBucket(queries);
  }

  /** Queries of one task in one row of a call; more make another row. */
  int queriesMax() {
    return queriesMax;
  }

  long callBytesMax() {
    return callBytesMax;
  }

  /** How many tasks of a size go together; an even number. */
  int tasksPerCall(long bytesPerTask) {
    int fitting = (int) Math.min(Sizes.TASKS_MAX, callBytesMax / Math.max(1, bytesPerTask));
    return Math.max(Sizes.AXIS_MIN, fitting - fitting % 2);
  }
}

package dev.freshet.adaptation.runtime;

/**
 * How large the calls of an engine are, so that a task's bits cannot depend on who shares its call.
 */
enum Filling {
  /**
   * As large as what is in them, in steps: ONNX Runtime on a CPU computes each task of a call alike
   * but where an axis is one or a product has a single column.
   */
  SNUG {
    @Override
    int tasks(int tasks, int perCall) {
      return Sizes.taskBucket(tasks);
    }

    @Override
    int queries(int queries) {
      return Sizes.queryBucket(queries);
    }

    @Override
    int queriesMax() {
      return Sizes.QUERIES_MAX;
    }

    @Override
    long callBytesMax() {
      return Sizes.CALL_BYTES_MAX;
    }
  },
  /**
   * Always full: a GPU's libraries choose how to multiply by every size of a call, and what they
   * choose rounds differently. For small tasks it costs little: a call takes as long as its kernels
   * take to launch, however few are in it. For large ones it costs copying {@link
   * Sizes#FULL_CALL_BYTES_MAX} bytes.
   */
  FULL {
    @Override
    int tasks(int tasks, int perCall) {
      return perCall;
    }

    @Override
    int queries(int queries) {
      return Sizes.FULL_QUERIES;
    }

    @Override
    int queriesMax() {
      return Sizes.FULL_QUERIES;
    }

    @Override
    long callBytesMax() {
      return Sizes.FULL_CALL_BYTES_MAX;
    }
  };

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
  abstract int tasks(int tasks, int perCall);

  /** Queries of a row of a call, padding included. */
  abstract int queries(int queries);

  /** Queries of one task in one row of a call; more make another row. */
  abstract int queriesMax();

  abstract long callBytesMax();

  /** How many tasks of a size go together; an even number. */
  int tasksPerCall(long bytesPerTask) {
    int fitting = (int) Math.min(Sizes.TASKS_MAX, callBytesMax() / Math.max(1, bytesPerTask));
    return Math.max(Sizes.AXIS_MIN, fitting - fitting % 2);
  }
}

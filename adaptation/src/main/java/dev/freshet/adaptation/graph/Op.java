package dev.freshet.adaptation.graph;

/**
 * Everything a graph can do. Adding one breaks the build in every {@code switch} over them until
 * each has its case.
 */
public enum Op {
  /** A named value given at every run. */
  INPUT,
  /** A tensor known when the graph is built. */
  CONSTANT,

  ADD,
  SUB,
  MUL,
  DIV,
  /** a to the power of b. Exact bits wherever a value stands in its batch, unlike {@link #LOG}. */
  POW,
  /** The larger of two: clamps from below. */
  MAX,

  NEG,
  EXP,
  /**
   * Natural logarithm. In ONNX Runtime the bits of a value depend on how many there are: not for
   * what a task serves.
   */
  LOG,
  SQRT,
  RELU,
  /** 1 above zero, else 0: the slope of RELU. Between 0 and 1e-30 it rises linearly. */
  STEP,
  TANH,

  MATMUL,
  /** alpha op(a) op(b), where op may transpose the last two axes. */
  FUSED_MATMUL,

  TRANSPOSE,
  /** Symbolic dims stay at their axis; fixed ones around them may be arranged anew. */
  RESHAPE,
  UNSQUEEZE,
  SQUEEZE,
  /** Stretches the first input to the shape of the second. */
  EXPAND,
  CONCAT,
  SLICE,
  /** Zeros before and after along an axis: what undoes a SLICE. */
  PAD,

  /**
   * Over one axis, which stays with size 1. Over one of the last two it is a product with ones, so
   * that no padding changes its bits; over one before them (tasks, in training) a reduction.
   */
  SUM,
  /** Along one axis, each value the sum of those up to it. */
  CUMULATIVE_SUM,

  /** Over the last axis, which stays with size 1. */
  REDUCE_MAX,
  /** Over the last axis. */
  SOFTMAX,
  /** Over the last axis. */
  LOG_SOFTMAX,

  /** The same value, through which no gradient flows. */
  DETACH,

  /**
   * A graph applied again and again to what it gave, as often as the second axis of the first value
   * has rows for, padding included. Not differentiated.
   */
  REPEAT
}

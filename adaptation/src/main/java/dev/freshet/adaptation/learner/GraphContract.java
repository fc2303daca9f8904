package dev.freshet.adaptation.learner;

/**
 * The names by which a learner's graphs and the runtime know each other. All values are float32.
 *
 * <pre>
 * adapt    in   every initialisation tensor, under its own name
 *               support_x    [tasks, support, features]
 *               support_y    [tasks, support, ways]   one-hot; for numbers [tasks, support, 1]
 *               support_mask [tasks, support]         1 = a real row, 0 = padding
 *               support_name [tasks, support]         1 = a label's name, 0 = an example
 *               support_square [tasks, support]       squared length of the row's vector
 *               way_mask     [tasks, ways]            1 = a label of the task, 0 = padding
 *          out  task parameters, each [tasks, …] with dims that are fixed, support or ways
 * predict  in   the task parameters, by name; initialisation tensors, where wanted
 *               query_x      [tasks, queries, features]
 *               way_mask     [tasks, ways]
 *          out  scores_&lt;head&gt; [tasks, queries, ways]; probabilities where the head classifies
 *               spread_&lt;head&gt; [tasks, queries, unknowns]    if it knows what it does not know
 * </pre>
 *
 * <p>Rows of a spread are those of a square root of the covariance that the scores of all queries
 * have together: score_q + spread_q · z, with one draw z of independent standard normals for all of
 * them, is a draw of what the scores may be.
 *
 * <p>A graph leaves out the inputs that it does not need. Rows are label names in label order, then
 * examples in the order of the log, then padding.
 *
 * <p>A task's bits must not depend on who shares its call. The runtime pads support and ways to
 * sizes that depend on the task alone, queries to fours and tasks to twos. The graph does its part
 * by summing over masked axes with products, not reductions, by having no LOG of per-task values,
 * and no product of a [tasks, n] matrix with a single column.
 *
 * <p>Asked for the best of a catalogue, all tasks of a call have the same queries. A graph whose
 * operations broadcast can then be given them once, as [1, queries, features]: it is tried at load,
 * and a graph that cannot is given copies. It costs little to write one that can: keep what does
 * not depend on the task apart, and join by sums and products rather than CONCAT.
 */
public final class GraphContract {
  /** Unknowns of a spread, at most: what a posterior may be drawn from. */
  public static final int UNKNOWNS_MAX = 256;

  private GraphContract() {}

  public static final String SUPPORT_X = "support_x";
  public static final String SUPPORT_Y = "support_y";
  public static final String SUPPORT_MASK = "support_mask";
  public static final String SUPPORT_NAME = "support_name";

  /**
   * Follows from support_x, but summing it is another pass over the largest input, for what is the
   * same at every adaptation: the runtime computes it once per vector.
   */
  public static final String SUPPORT_SQUARE = "support_square";

  public static final String WAY_MASK = "way_mask";
  public static final String QUERY_X = "query_x";

  /** Whether an input is the support, the queries or their masks: neither learned nor adapted. */
  public static boolean isOfTask(String input) {
    return input.startsWith("support_") || input.equals(QUERY_X) || input.equals(WAY_MASK);
  }

  /** Name of the training graph's output with how far adapting moves a tensor. */
  public static String displacement(String tensor) {
    return "displacement_" + tensor;
  }

  /** Name of the output of {@link Learner#leftOutGraph()}, [tasks, support, ways]. */
  public static final String LEFT_OUT = "left_out";

  /** Name of the output with a head's scores. */
  public static String scores(String head) {
    return "scores_" + head;
  }

  /** Name of the output with the spread of a head's scores, where it has one. */
  public static String spread(String head) {
    return "spread_" + head;
  }
}

package dev.freshet.adaptation.learner;

import java.util.List;

/**
 * Reptile (Nichol, Achiam, Schulman: On First-Order Meta-Learning Algorithms, 2018): the outer loop
 * moves the body towards where adapting takes it, without queries and without a second derivative.
 *
 * <pre>
 * θ_t+1 = θ_t − α ∇L_support(θ_t)
 * outer gradient: Σ over tasks of θ_0 − θ_T
 * </pre>
 *
 * <p>Only the body moves: the head begins as prototypes anew in every task, rates and scales keep
 * their settings. Adapting and predicting are exactly {@link MamlLearner}'s.
 */
public final class ReptileLearner extends UnrolledLearner {
  /** Number of gradient steps. */
  public static final Setting STEPS = UnrolledLearner.STEPS;

  /** α of every tensor, before any training. */
  public static final Setting RATE = UnrolledLearner.RATE;

  /** s. */
  public static final Setting HEAD_SCALE = UnrolledLearner.HEAD_SCALE;

  /** All that can be set. */
  public static final List<Setting> SETTINGS = declared();

  private static final InnerLoop.Kind KIND =
      new InnerLoop.Kind(Rates.Kind.PER_TENSOR, false, OuterGradient.DISPLACEMENT);

  /** With hidden layers of these widths, and defaults otherwise. */
  public ReptileLearner(int features, List<Integer> widths) {
    this(features, widths(widths));
  }

  /**
   * With settings of its own.
   *
   * @param settings made from {@link #SETTINGS}; hidden1 is at least 2
   */
  public ReptileLearner(int features, Settings settings) {
    super("reptile", features, settings, KIND);
  }
}

package dev.freshet.adaptation.learner;

import java.util.List;

/**
 * First-order MAML (Finn, Abbeel, Levine, ICML 2017, section 5.2; Nichol, Achiam, Schulman: On
 * First-Order Meta-Learning Algorithms, 2018): {@link MamlLearner} whose outer loop takes the inner
 * gradients for constants.
 *
 * <pre>
 * θ_t+1 = θ_t − α g_t,   g_t = ∇L_support(θ_t)
 * outer gradient: dL_query(θ_T) / d(θ, α, s, …) with dg_t = 0
 * </pre>
 *
 * <p>Adapting and predicting are exactly MAML's.
 */
public final class FirstOrderMamlLearner extends UnrolledLearner {
  /** Number of gradient steps. */
  public static final Setting STEPS = UnrolledLearner.STEPS;

  /** α of every tensor, before any training. */
  public static final Setting RATE = UnrolledLearner.RATE;

  /** s. */
  public static final Setting HEAD_SCALE = UnrolledLearner.HEAD_SCALE;

  /** All that can be set. */
  public static final List<Setting> SETTINGS = declared();

  private static final InnerLoop.Kind KIND =
      new InnerLoop.Kind(Rates.Kind.PER_TENSOR, true, OuterGradient.OF_QUERY_LOSS);

  /** With hidden layers of these widths, and defaults otherwise. */
  public FirstOrderMamlLearner(int features, List<Integer> widths) {
    this(features, widths(widths));
  }

  /**
   * With settings of its own.
   *
   * @param settings made from {@link #SETTINGS}; hidden1 is at least 2
   */
  public FirstOrderMamlLearner(int features, Settings settings) {
    super("fomaml", features, settings, KIND);
  }
}

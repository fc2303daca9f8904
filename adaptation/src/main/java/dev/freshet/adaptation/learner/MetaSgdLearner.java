package dev.freshet.adaptation.learner;

import java.util.List;

/**
 * Meta-SGD (Li, Zhou, Chen, Li: Meta-SGD: Learning to Learn Quickly for Few-Shot Learning, 2017):
 * {@link MamlLearner} with a learned rate, and thereby direction, for every parameter.
 *
 * <pre>
 * θ_t+1 = θ_t − α ∘ ∇L_support(θ_t)     α: of θ's shape; the head's is shared by all ways
 * outer gradient: dL_query(θ_T) / d(θ, α, s, …), second order
 * </pre>
 *
 * <p>The dual form of the first layer does not exist for it: every task has all weights for itself.
 */
public final class MetaSgdLearner extends UnrolledLearner {
  /** Number of gradient steps. */
  public static final Setting STEPS = UnrolledLearner.STEPS;

  /** α of every parameter, before any training. */
  public static final Setting RATE = UnrolledLearner.RATE;

  /** s. */
  public static final Setting HEAD_SCALE = UnrolledLearner.HEAD_SCALE;

  /** All that can be set. */
  public static final List<Setting> SETTINGS = declared();

  private static final InnerLoop.Kind KIND =
      new InnerLoop.Kind(Rates.Kind.PER_PARAMETER, false, OuterGradient.OF_QUERY_LOSS);

  /** With hidden layers of these widths, and defaults otherwise. */
  public MetaSgdLearner(int features, List<Integer> widths) {
    this(features, widths(widths));
  }

  /**
   * With settings of its own.
   *
   * @param settings made from {@link #SETTINGS}; hidden1 is at least 2
   */
  public MetaSgdLearner(int features, Settings settings) {
    super("meta-sgd", features, settings, KIND);
  }
}

package dev.freshet.adaptation.learner;

import java.util.List;

/**
 * MAML (Finn, Abbeel, Levine: Model-Agnostic Meta-Learning for Fast Adaptation of Deep Networks,
 * ICML 2017), with a head that begins as prototypes (Proto-MAML; Triantafillou et al.:
 * Meta-Dataset, ICLR 2020), so that ways may vary and labels may join.
 *
 * <pre>
 * θ_t+1 = θ_t − α ∇L_support(θ_t)       α: one rate per tensor, learned with θ
 * outer gradient: dL_query(θ_T) / d(θ, α, s, …), through every step: second order
 * </pre>
 *
 * <p>What network, what loss and how a label's few examples count: see the formulas of the inner
 * loop in RATIONALE.md. With {@code lowRank}, the first layer of a task is x W + b − (α_W x
 * anchorsᵀ + α_b) deltas.
 */
public final class MamlLearner extends UnrolledLearner {
  /** Number of gradient steps. */
  public static final Setting STEPS = UnrolledLearner.STEPS;

  /** α of every tensor, before any training. */
  public static final Setting RATE = UnrolledLearner.RATE;

  /** s. */
  public static final Setting HEAD_SCALE = UnrolledLearner.HEAD_SCALE;

  /** All that can be set. */
  public static final List<Setting> SETTINGS = declared();

  private static final InnerLoop.Kind KIND =
      new InnerLoop.Kind(Rates.Kind.PER_TENSOR, false, OuterGradient.OF_QUERY_LOSS);

  /** With hidden layers of these widths, and defaults otherwise. */
  public MamlLearner(int features, List<Integer> widths) {
    this(features, widths(widths));
  }

  /**
   * With settings of its own.
   *
   * @param settings made from {@link #SETTINGS}; hidden1 is at least 2
   */
  public MamlLearner(int features, Settings settings) {
    super("maml", features, settings, KIND);
  }
}

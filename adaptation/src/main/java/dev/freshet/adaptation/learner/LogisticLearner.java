package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Logistic regression whose prior is meta-learned: weights are drawn around scaled prototypes, as
 * in a Gaussian prior learned from other tasks (Raina, Ng, Koller: Constructing Informative Priors
 * using Transfer Learning, ICML 2006). With few examples it stays by the prototypes, with many it
 * is logistic regression; in between the sum of the examples' losses decides against the prior.
 *
 * <pre>
 * ⟨x, y⟩ = xᵀ (I + V diag(γ) Vᵀ) y           {@link DomainMetric}; γ = 0 until a domain teaches it
 * x_i ← x_i + δ for names                    δ = Σ_k (mean of k's examples − k's name) / (n + ρ)
 * w_k ~ N(s m_k, C)                          s = exp(a) (1 + examples / ways)^e
 * b_k = s (v q_k − |m_k|²) / 2               m, q, v as in {@link PrototypeLearner}
 * w   = argmax_w log prior + Σ_i u_i log softmax_{y_i} (⟨w, x_i⟩ + b)
 * P(k | x) = softmax_k τ (⟨w_k, x⟩ + b_k + g q_k)
 * </pre>
 *
 * <p>u_i is r_i, times the mean over the labels of Σ r by that of i's label, so that a label that
 * has just joined has its say. δ, over the n labels that have both, is how names differ from
 * examples on the whole: "card arrival" from whole sentences. g q_k stands for the variance of w_k,
 * which grows as examples are few: E exp f = exp(E f + Var f / 2), so the mean alone would speak
 * against new labels. Where all labels have as many rows it cancels.
 *
 * <p>The optimum is sought in dual form, w = Aᵀ x with A ← s P − u (softmax − y) at the end, by
 * accelerated steps (Nesterov 1983) against a bound on the curvature: softmax's Hessian is at most
 * 1/2 (Böhning: Multinomial Logistic Regression Algorithm, 1992), and K, the products of the rows,
 * at most a aᵀ + diag(|K − a aᵀ| u/2) with a the image of the weighted mean, whose system is solved
 * by Sherman and Morrison. Without a, the mean that all texts share would shorten every step.
 */
public final class LogisticLearner extends Classifier {
  /** exp(a). */
  public static final Setting HEAD_SCALE =
      new Setting("headScale", 0.01, 1000, 5, "Scale of the prototypes that weights lie around.");

  /** e. */
  public static final Setting HEAD_SHOTS_POWER =
      new Setting("headShotsPower", -2, 2, 0.5, "Power of 1 + examples per way in that scale.");

  /** C. */
  public static final Setting PRIOR_VARIANCE =
      new Setting("priorVariance", 1e-3, 1e4, 10, "How far weights lie around the prototypes.");

  /** g. */
  public static final Setting VARIANCE_WEIGHT =
      new Setting("varianceWeight", 0, 100, 2, "Weight of a label's uncertainty in its favour.");

  /** ρ. */
  public static final Setting OFFSET_PRIOR =
      new Setting(
          "offsetPrior", 0.01, 1e6, 5, "Labels' worth of belief that names are like examples.");

  /** Of the optimiser. */
  public static final Setting STEPS =
      new Setting("steps", 1, 200, 30, "Steps towards the optimum; large tasks need the most.");

  /** Columns of V. */
  public static final Setting RANK = DomainMetric.RANK;

  /** All that can be set. */
  public static final List<Setting> SETTINGS = declared();

  /** Of the optimiser's momentum: it takes few steps. */
  private static final double DELAY = 3;

  /**
   * Of a fit without half of the examples: with 8 it is not yet as sure of itself as it would be,
   * with 12 a little more.
   */
  private static final int LEFT_OUT_STEPS = 10;

  private static final String OFFSET_PRIOR_TENSOR = "offset_prior";
  private static final String LOG_PRIOR_VARIANCE = "log_prior_variance";
  private static final String HEAD_SHOTS_POWER_TENSOR = "head_shots_power";
  private static final String VARIANCE_WEIGHT_TENSOR = "variance_weight";

  /** With the default settings. */
  public LogisticLearner(int features) {
    this(features, Settings.of(SETTINGS, Map.of(RANK.name(), RANK.defaultWithin(features))));
  }

  /**
   * With settings of its own.
   *
   * @param settings made from {@link #SETTINGS}
   */
  public LogisticLearner(int features, Settings settings) {
    super("logistic", features, settings);
  }

  private static List<Setting> declared() {
    List<Setting> settings =
        new ArrayList<>(
            List.of(
                SupportWeights.NAME_WEIGHT,
                HEAD_SCALE,
                HEAD_SHOTS_POWER,
                PRIOR_VARIANCE,
                VARIANCE_WEIGHT,
                OFFSET_PRIOR,
                STEPS,
                RANK));
    settings.addAll(TaskScale.settings(1, 0));
    return List.copyOf(settings);
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    TaskScale.initialize(tensors, settings());
    tensors.put(
        SupportWeights.NAME_WEIGHT_TENSOR, TaskScale.scalar(setting(SupportWeights.NAME_WEIGHT)));
    tensors.put(LabelLoss.LOG_HEAD_SCALE, TaskScale.scalar(Math.log(setting(HEAD_SCALE))));
    tensors.put(HEAD_SHOTS_POWER_TENSOR, TaskScale.scalar(setting(HEAD_SHOTS_POWER)));
    tensors.put(LOG_PRIOR_VARIANCE, TaskScale.scalar(Math.log(setting(PRIOR_VARIANCE))));
    tensors.put(VARIANCE_WEIGHT_TENSOR, TaskScale.scalar(setting(VARIANCE_WEIGHT)));
    tensors.put(OFFSET_PRIOR_TENSOR, TaskScale.scalar(setting(OFFSET_PRIOR)));
    DomainMetric.none(features(), (int) setting(RANK)).initialize(tensors);
    return tensors;
  }

  @Override
  public Graph adaptGraph() {
    return adaptGraph(false);
  }

  /** By a fit of {@value #LEFT_OUT_STEPS} steps. */
  @Override
  public Optional<Graph> leftOutGraph() {
    return Optional.of(adaptGraph(true));
  }

  private Graph adaptGraph(boolean leavesOut) {
    GraphBuilder g = new GraphBuilder("adapt");
    LogisticRows rows =
        new LogisticRows(g, features(), (int) setting(RANK), g.input(OFFSET_PRIOR_TENSOR, Dim.ONE));
    LogisticFit fit = rows.fit(g, fitting((int) setting(STEPS)));
    if (leavesOut) {
      g.output(GraphContract.LEFT_OUT, rows.leftOut(g, fitting(LEFT_OUT_STEPS)));
    }
    return rows.parameters(g, fit).build();
  }

  private static LogisticRows.Fitting fitting(int steps) {
    return (g, support, products, squares) -> fit(g, support, products, squares, steps);
  }

  private static LogisticFit fit(
      GraphBuilder g, SupportInputs support, Node products, Node squares, int steps) {
    SupportWeights weights = SupportWeights.of(g, support, squares);
    Node toMeans = g.matMul(products, weights.share());
    Node norms = g.sum(g.mul(weights.share(), toMeans), -2);
    Node shots = g.pow(TaskScale.shots(g, support), g.input(HEAD_SHOTS_POWER_TENSOR, Dim.ONE));
    Node headScale = g.mul(g.exp(g.input(LabelLoss.LOG_HEAD_SCALE, Dim.ONE)), shots);
    Node bias = g.mul(weights.offsets(g, norms), headScale);
    Node variance = g.exp(g.input(LOG_PRIOR_VARIANCE, Dim.ONE));
    Node mean = g.mul(weights.share(), headScale);
    Node present = weights.moments().present();
    Node combination =
        new MapDescent(
                g, products, rowLosses(g, weights, variance), g.add(bias, weights.penalty(g)))
            .run(mean, mean, support.y(), present, steps, DELAY);
    Node uncertain = g.mul(weights.moments().share(), g.input(VARIANCE_WEIGHT_TENSOR, Dim.ONE));
    return new LogisticFit(combination, g.add(bias, uncertain), TaskScale.of(g, support), present);
  }

  /** C u, [tasks, support, 1]. */
  private static Node rowLosses(GraphBuilder g, SupportWeights weights, Node variance) {
    Node all = g.unsqueeze(g.sum(weights.row(), -1), 2);
    return g.mul(weights.loss(), g.mul(all, variance));
  }

  @Override
  public Graph predictGraph() {
    return LinearScores.graph(features(), LABEL);
  }
}

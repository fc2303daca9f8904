package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * ANIL (Raghu, Raghu, Bengio, Vinyals: Rapid Learning or Feature Reuse?, ICLR 2020): the inner loop
 * moves the head alone; a body, if there is one, is shared by all tasks. The head begins as
 * prototypes (Triantafillou et al.: Meta-Dataset, ICLR 2020), so ways may vary and labels may join.
 *
 * <pre>
 * w_k ← s m_k          b_k ← s (v q_k − |m_k|²) / 2        as in {@link PrototypeLearner}
 * E_ik = u_i (softmax_k(h_i · w_k + b_k) − y_ik)           u_i = r_i / (ways Σ_j r_j of i's label)
 * w_k ← w_k − η_t Σ_i E_ik h_i − d (w_k − s m_k)           t = 1 … steps
 * b_k ← b_k − η_t β Σ_i E_ik   − d (b_k − its start)
 * P(k | x) = softmax_k τ (h(x) · w_k + b_k)
 * </pre>
 *
 * <p>Each label has the same part in the loss however many examples it has. The loop runs in dual
 * form: w is a combination of support rows, w = Aᵀ h, so that a step costs a product with h hᵀ, not
 * two with h, and no weight is touched until the end. This is exact.
 *
 * <p>Without hidden layers this is a linear head over the encoder's features.
 */
public final class AnilLearner extends Classifier {
  /** s. */
  public static final Setting HEAD_SCALE =
      new Setting("headScale", 0.01, 1000, 16, "Scale of the prototypes that the head begins as.");

  /** Number of t. */
  public static final Setting STEPS =
      new Setting("steps", 1, 50, 15, "Gradient steps of the inner loop.");

  /** η at t = 1. */
  public static final Setting FIRST_RATE =
      new Setting("firstRate", 1e-4, 1e4, 30, "Inner learning rate of the first step.");

  /** η at the last step. */
  public static final Setting LAST_RATE =
      new Setting("lastRate", 1e-4, 1e4, 15, "Inner learning rate of the last step.");

  /** β. */
  public static final Setting BIAS_RATE =
      new Setting("biasRate", 0, 100, 0, "Learning rate of the bias, in rates of the head.");

  /** d. */
  public static final Setting DECAY =
      new Setting("decay", 0, 1, 0.05, "Part of the way back to the start taken at each step.");

  /** All that can be set. */
  public static final List<Setting> SETTINGS = declared();

  private final Body body;

  /** A linear head over the features, with the default settings. */
  public AnilLearner(int features) {
    this(features, Settings.of(SETTINGS, Map.of()));
  }

  /**
   * With settings of its own.
   *
   * @param settings made from {@link #SETTINGS}
   */
  public AnilLearner(int features, Settings settings) {
    super("anil", features, settings);
    this.body = Body.of(features, settings);
  }

  private static List<Setting> declared() {
    List<Setting> settings =
        new ArrayList<>(
            List.of(
                SupportWeights.NAME_WEIGHT,
                HEAD_SCALE,
                STEPS,
                FIRST_RATE,
                LAST_RATE,
                BIAS_RATE,
                DECAY));
    settings.addAll(TaskScale.settings(1.5, 0.2));
    settings.addAll(Body.settings());
    return List.copyOf(settings);
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    body.initialize(tensors);
    TaskScale.initialize(tensors, settings());
    tensors.put(
        SupportWeights.NAME_WEIGHT_TENSOR, TaskScale.scalar(setting(SupportWeights.NAME_WEIGHT)));
    tensors.put("log_head_scale", TaskScale.scalar(Math.log(setting(HEAD_SCALE))));
    tensors.put("log_rates", logRates());
    tensors.put("bias_rate", TaskScale.scalar(setting(BIAS_RATE)));
    tensors.put("decay", TaskScale.scalar(setting(DECAY)));
    return tensors;
  }

  private int steps() {
    return (int) setting(STEPS);
  }

  /** From the first to the last by equal factors. */
  private Tensor logRates() {
    float[] rates = new float[steps()];
    double first = Math.log(setting(FIRST_RATE));
    double last = Math.log(setting(LAST_RATE));
    for (int t = 0; t < rates.length; t++) {
      double part = rates.length == 1 ? 0 : t / (rates.length - 1.0);
      rates[t] = (float) (first + part * (last - first));
    }
    return Tensor.vector(rates);
  }

  @Override
  public Graph adaptGraph() {
    GraphBuilder g = new GraphBuilder("adapt");
    SupportInputs support = SupportInputs.declare(g, features());
    Node h = body.apply(g, body.declare(g), support.x());
    SupportWeights weights = SupportWeights.of(g, support, squares(g, h));
    DualHead head = descend(g, support, weights, g.fusedMatMul(h, false, h, true, 1f));

    Node scale = TaskScale.of(g, support);
    Node combination = g.mul(head.combination(), scale);
    return g.output(LinearScores.HEAD, g.fusedMatMul(combination, true, h, false, 1f))
        .output(LinearScores.BIAS, weights.bias(g, g.mul(head.bias(), scale)))
        .build();
  }

  /**
   * A head in terms of the support.
   *
   * @param combination A, [tasks, support, ways]
   * @param bias [tasks, 1, ways]
   */
  private record DualHead(Node combination, Node bias) {}

  /** |h|² of each row, [tasks, support]. */
  private Node squares(GraphBuilder g, Node h) {
    return body.layers() == 0
        ? g.input(GraphContract.SUPPORT_SQUARE, Dim.TASKS, Dim.SUPPORT)
        : g.squeeze(g.sum(g.mul(h, h), -1), 2);
  }

  private DualHead descend(
      GraphBuilder g, SupportInputs support, SupportWeights weights, Node products) {
    Node headScale = g.exp(g.input("log_head_scale", Dim.ONE));
    Node rates = g.exp(g.input("log_rates", Dim.of(steps())));
    Node biasRate = g.input("bias_rate", Dim.ONE);
    Node decay = g.input("decay", Dim.ONE);
    Node kept = g.sub(g.constant(1f), decay);

    Node toMeans = g.matMul(products, weights.share());
    Node norms = g.sum(g.mul(weights.share(), toMeans), -2);
    Node combination = g.mul(weights.share(), headScale);
    Node bias = g.mul(weights.offsets(g, norms), headScale);
    Node combinationBack = g.mul(combination, decay);
    Node biasBack = g.mul(bias, decay);
    Node penalty = weights.penalty(g);
    for (int t = 0; t < steps(); t++) {
      Node scores = t == 0 ? g.mul(toMeans, headScale) : g.matMul(products, combination);
      Node logits = g.add(scores, g.add(bias, penalty));
      Node errors = weights.errors(g, logits, support.y());
      Node move = g.mul(errors, g.slice(rates, 0, t, t + 1));
      Node moveBias = g.mul(g.sum(move, -2), biasRate);
      combination = g.sub(g.add(g.mul(combination, kept), combinationBack), move);
      bias = g.sub(g.add(g.mul(bias, kept), biasBack), moveBias);
    }
    return new DualHead(combination, bias);
  }

  @Override
  public Graph predictGraph() {
    GraphBuilder g = new GraphBuilder("predict");
    Node x = g.input(GraphContract.QUERY_X, Dim.TASKS, Dim.QUERIES, Dim.of(features()));
    return LinearScores.graph(g, body.apply(g, body.declare(g), x), LABEL);
  }
}

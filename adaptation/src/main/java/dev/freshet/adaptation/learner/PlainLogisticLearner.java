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
 * Logistic regression fitted to the task's rows alone, label names among them (Cox 1958; the
 * penalty of Hoerl and Kennard's ridge, 1970): no prior but one around zero. Nothing that decides
 * its weights was learned on other tasks, so nothing can be wrong about this one: with many
 * examples it is hard to beat, with few there is {@link LogisticLearner}.
 *
 * <pre>
 * ⟨x, y⟩ = xᵀ (I + V diag(γ) Vᵀ) y           {@link DomainMetric}; γ = 0 until a domain teaches it
 * x_i ← x_i + δ for names                    as {@link LogisticLearner}, ρ set and not learned
 * w, b = argmin Σ_k |w_k|² / 2 + |b|² / 2 φ + C Σ_i u_i −log softmax_{y_i} (⟨w, x_i⟩ + b)
 * P(k | x) = softmax_k τ (⟨w_k, x⟩ + b_k + g_k q_k)      g_k = g, or 2/3 g where k has no name
 * </pre>
 *
 * <p>u_i is r_i, 1 for an example and 1 + (ν − 1) / √s for a name, s = 1 + examples / ways, times
 * the mean over the labels of Σ r by that of i's label: on a stream a label that has just joined
 * has its say. With r = 1, no δ, no g, τ = 1 and an endless φ this is scikit-learn's {@code
 * LogisticRegression(C)} where labels have as many rows. φ = s², at most 4 where labels have names
 * and 16 where none has: of names alone a bias is held like any weight, and soon it is all but
 * free. q_k = Σ r² / (Σ r)², about 1 over the rows of k: with one row, a label's score lacks what
 * more would have added.
 *
 * <p>The optimum is sought as {@link LogisticLearner} does, and by {@link MapDescent#refined more
 * steps} the more rows there are. The bias is the weight of one more feature, which is √φ in every
 * row.
 */
public final class PlainLogisticLearner extends Classifier {
  /** C. */
  public static final Setting PENALTY_CONSTANT =
      new Setting(
          "c", 1e-3, 1e4, 10, "Inverse of the penalty: the larger, the closer to the rows.");

  /** ν. */
  public static final Setting NAME_WEIGHT =
      new Setting(
          "nameWeight",
          0.01,
          100,
          2,
          "Weight of a label's name beside an example's, if there is none.");

  /** ρ. */
  public static final Setting OFFSET_PRIOR =
      new Setting(
          "offsetPrior", 0.01, 1e6, 3, "Labels' worth of belief that names are like examples.");

  /** g. */
  public static final Setting VARIANCE_WEIGHT =
      new Setting("varianceWeight", 0, 100, 2, "Weight of a label's few rows in its favour.");

  /** Of the optimiser. */
  public static final Setting STEPS =
      new Setting("steps", 1, 200, 32, "Steps towards the optimum; large tasks have more.");

  /** Columns of V. */
  public static final Setting RANK = DomainMetric.RANK;

  /** All that can be set. */
  public static final List<Setting> SETTINGS = declared();

  private static final String VARIANCE_WEIGHT_TENSOR = "variance_weight";

  /**
   * Of the optimiser's momentum: it takes many steps. The few of a fit without half of the examples
   * would be a little better off with 3.
   */
  private static final double DELAY = 4;

  /** Of a fit without half of the examples. */
  private static final int LEFT_OUT_STEPS = 12;

  /** Of the prototypes that the steps begin at, times √s: the more rows, the farther they end. */
  private static final float BEGINNING = 4f;

  /**
   * It is added to the products of rows, about 1 each, whose differences decide, and float32 rounds
   * them away as it grows.
   */
  private static final float BIAS_VARIANCE_MAX = 4f;

  /** What is added to it where no label has a name. */
  private static final float BIAS_VARIANCE_NAMELESS = 12f;

  /**
   * Of g, for a label without a name: q is then twice what it is of a name and an example, and
   * labels that have just joined would be favoured too much.
   */
  private static final float NAMELESS_FAVOUR = 2 / 3f;

  /** With the default settings. */
  public PlainLogisticLearner(int features) {
    this(features, Settings.of(SETTINGS, Map.of(RANK.name(), RANK.defaultWithin(features))));
  }

  /**
   * With settings of its own.
   *
   * @param settings made from {@link #SETTINGS}
   */
  public PlainLogisticLearner(int features, Settings settings) {
    super(Learners.PLAIN_LOGISTIC.id(), features, settings);
  }

  private static List<Setting> declared() {
    List<Setting> settings =
        new ArrayList<>(
            List.of(PENALTY_CONSTANT, NAME_WEIGHT, OFFSET_PRIOR, VARIANCE_WEIGHT, STEPS, RANK));
    settings.addAll(TaskScale.settings(5, -0.3));
    return List.copyOf(settings);
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    TaskScale.initialize(tensors, settings());
    tensors.put(VARIANCE_WEIGHT_TENSOR, TaskScale.scalar(setting(VARIANCE_WEIGHT)));
    DomainMetric.none(features(), (int) setting(RANK)).initialize(tensors);
    return tensors;
  }

  @Override
  public Graph adaptGraph() {
    return adaptGraph(Refining.SERVED, false);
  }

  /** By a fit of {@value #LEFT_OUT_STEPS} steps, from prototypes. */
  @Override
  public Optional<Graph> leftOutGraph() {
    return Optional.of(adaptGraph(Refining.SERVED, true));
  }

  /** Gradients go through the steps that every task has, and not through those of large ones. */
  @Override
  public Graph trainingGraph() {
    return adaptGraph(Refining.DETACHED, false);
  }

  /** What is made of the steps that only large tasks have. */
  private enum Refining {
    SERVED,
    DETACHED,
    NONE
  }

  private Graph adaptGraph(Refining refining, boolean leavesOut) {
    GraphBuilder g = new GraphBuilder("adapt");
    LogisticRows rows =
        new LogisticRows(g, features(), (int) setting(RANK), constant(g, OFFSET_PRIOR));
    LogisticFit fit = rows.fit(g, fitting((int) setting(STEPS), refining));
    if (leavesOut) {
      g.output(GraphContract.LEFT_OUT, rows.leftOut(g, fitting(LEFT_OUT_STEPS, Refining.NONE)));
    }
    return rows.parameters(g, fit).build();
  }

  private LogisticRows.Fitting fitting(int steps, Refining refining) {
    return (g, support, products, squares) -> {
      Node shots = TaskScale.shots(g, support);
      Node extra = g.div(g.sub(constant(g, NAME_WEIGHT), g.constant(1f)), g.sqrt(shots));
      Node row = g.add(support.mask(), g.mul(support.name(), g.squeeze(extra, 2)));
      SupportWeights weights = SupportWeights.of(g, support, squares, row);
      Node count = g.mul(g.unsqueeze(g.sum(row, -1), 2), constant(g, PENALTY_CONSTANT));
      Node biasVariance = biasVariance(g, support, shots);
      MapDescent descent =
          new MapDescent(
              g, g.add(products, biasVariance), g.mul(weights.loss(), count), weights.penalty(g));
      Node y = support.y();
      Node none = g.mul(y, g.constant(0f));
      Node present = weights.moments().present();
      Node begun = descent.run(none, beginning(g, weights, shots), y, present, steps, DELAY);
      Node combination =
          switch (refining) {
            case NONE -> begun;
            case SERVED -> descent.refined(none, begun, y, present);
            case DETACHED ->
                g.add(begun, g.detach(g.sub(descent.refined(none, begun, y, present), begun)));
          };
      Node bias = centred(g, g.mul(g.sum(combination, -2), biasVariance), weights);
      Node uncertain = g.mul(weights.moments().share(), favour(g, support));
      return new LogisticFit(
          combination, g.add(bias, uncertain), TaskScale.of(g, support), present);
    };
  }

  /** g_k, [tasks, 1, ways]. */
  private static Node favour(GraphBuilder g, SupportInputs support) {
    Node less = g.mul(TaskScale.nameless(g, support), g.constant(NAMELESS_FAVOUR - 1));
    return g.mul(g.add(less, g.constant(1f)), g.input(VARIANCE_WEIGHT_TENSOR, Dim.ONE));
  }

  /** φ, [tasks, 1, 1]. */
  private static Node biasVariance(GraphBuilder g, SupportInputs support, Node shots) {
    Node more = g.mul(TaskScale.namelessPart(g, support), g.constant(BIAS_VARIANCE_NAMELESS));
    Node most = g.add(more, g.constant(BIAS_VARIANCE_MAX));
    return g.neg(g.max(g.neg(g.mul(shots, shots)), g.neg(most)));
  }

  /** Prototypes less their mean, as combinations of rows, [tasks, support, ways]. */
  private static Node beginning(GraphBuilder g, SupportWeights weights, Node shots) {
    Node mean = g.mul(weights.loss(), weights.moments().present());
    Node scale = g.mul(g.sqrt(shots), g.constant(BEGINNING));
    return g.mul(g.sub(weights.share(), mean), scale);
  }

  /**
   * Less their mean over the ways with rows. No softmax sees what they have in common; but nothing
   * holds it in place either, and rounding carries it off, on every device elsewhere.
   */
  private static Node centred(GraphBuilder g, Node biases, SupportWeights weights) {
    Node present = weights.moments().present();
    Node sum = g.fusedMatMul(biases, false, present, true, 1f);
    Node count = g.fusedMatMul(present, false, weights.ways(), true, 1f);
    return g.sub(biases, g.div(sum, g.max(count, g.constant(1f))));
  }

  private Node constant(GraphBuilder g, Setting setting) {
    return g.constant((float) setting(setting));
  }

  @Override
  public Graph predictGraph() {
    return LinearScores.graph(features(), LABEL);
  }
}

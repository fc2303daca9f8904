package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Linear discriminant analysis (Fisher 1936; regularised as by Friedman: Regularized Discriminant
 * Analysis, JASA 1989) whose prior is meta-learned: a metric in which base classes scatter evenly,
 * and how much that counts against the scatter of the few rows at hand.
 *
 * <pre>
 * ⟨x, y⟩ = xᵀ (I − V diag(γ) Vᵀ) y                    V [features, rank], γ in [0, 1): {@link Whitening}
 * C      = S + κ I     S = Σ_i r_i (x_i − m)(x_i − m)ᵀ in that metric, m the mean of i's label
 * w_k    = κ C⁻¹ m_k
 * P(k | x) = softmax_k τ (⟨x, w_k⟩ − (⟨m_k, w_k⟩ − c v q_k) / 2)
 * </pre>
 *
 * <p>Means, q and the variance v (here within the metric) as in {@link PrototypeLearner}; c v q_k
 * is what the variance of a mean adds to its squared distance, without which labels with few
 * examples lose. For κ → ∞ this is the prototype learner in the metric; for κ → 0 it ignores every
 * direction in which the support scatters.
 *
 * <p>v is measured in the metric, but C⁻¹ shortens part of it: hence c below 1, the more so the
 * smaller κ.
 *
 * <p>No matrix of the features' size is inverted: by Woodbury's identity w_k = m_k − Xcᵀ (κ I + Xc
 * Xcᵀ)⁻¹ Xc m_k, with Xc the weighted, centred support; the system, of the support's size, is
 * solved by conjugate gradients.
 */
public final class LdaLearner extends Classifier {
  /** κ. */
  public static final Setting RIDGE =
      new Setting("ridge", 1e-4, 1e4, 3, "Weight of the metric against the support's scatter.");

  /** Columns of V. */
  public static final Setting RANK =
      new Setting("rank", 2, 1024, 64, "Directions that the metric shortens.");

  /** c. */
  public static final Setting VARIANCE_WEIGHT =
      new Setting("varianceWeight", 0, 4, 0.85, "Part of a mean's variance that is subtracted.");

  /** Of the solver. */
  public static final Setting ITERATIONS =
      new Setting("iterations", 1, 64, 16, "Conjugate-gradient steps.");

  /** All that can be set. */
  public static final List<Setting> SETTINGS = declared();

  private static final String DIRECTIONS = "metric_directions";
  private static final String GAINS = "metric_gains";

  private final Whitening whitening;

  /** With the default settings and a metric that changes nothing. */
  public LdaLearner(int features) {
    this(features, Settings.of(SETTINGS, Map.of(RANK.name(), RANK.defaultWithin(features))));
  }

  /**
   * With settings of its own and a metric that changes nothing.
   *
   * @param settings made from {@link #SETTINGS}
   */
  public LdaLearner(int features, Settings settings) {
    this(features, settings, Whitening.none(features, (int) settings.get(RANK.name())));
  }

  /**
   * With a metric.
   *
   * @param whitening of the rank that the settings say
   */
  public LdaLearner(int features, Settings settings, Whitening whitening) {
    super("lda", features, settings);
    Shape expected = Shape.of(features, (int) settings.get(RANK.name()));
    if (!whitening.directions().shape().equals(expected)) {
      throw new IllegalArgumentException(
          "The metric has directions of shape %s, expected %s: fit it with the rank of the settings."
              .formatted(whitening.directions().shape(), expected));
    }
    this.whitening = whitening;
  }

  private static List<Setting> declared() {
    List<Setting> settings =
        new ArrayList<>(
            List.of(SupportWeights.NAME_WEIGHT, RIDGE, RANK, VARIANCE_WEIGHT, ITERATIONS));
    settings.addAll(TaskScale.settings(30, 0));
    return List.copyOf(settings);
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    TaskScale.initialize(tensors, settings());
    tensors.put(
        SupportWeights.NAME_WEIGHT_TENSOR, TaskScale.scalar(setting(SupportWeights.NAME_WEIGHT)));
    tensors.put("log_ridge", TaskScale.scalar(Math.log(setting(RIDGE))));
    tensors.put("variance_weight", TaskScale.scalar(setting(VARIANCE_WEIGHT)));
    tensors.put(DIRECTIONS, whitening.directions());
    tensors.put(GAINS, whitening.gains());
    return tensors;
  }

  @Override
  public Graph adaptGraph() {
    GraphBuilder g = new GraphBuilder("adapt");
    SupportInputs support = SupportInputs.declare(g, features());
    Dim rank = Dim.of((int) setting(RANK));
    Node directions = g.input(DIRECTIONS, Dim.of(features()), rank);
    Node gains = g.input(GAINS, rank);
    Node x = support.x();
    Node along = g.matMul(x, directions);
    Node shortened = g.mul(along, gains);
    Node products =
        g.sub(
            g.fusedMatMul(x, false, x, true, 1f), g.fusedMatMul(shortened, false, along, true, 1f));
    Node taken = g.squeeze(g.sum(g.mul(shortened, along), -1), 2);
    Node squares = g.sub(g.input(GraphContract.SUPPORT_SQUARE, Dim.TASKS, Dim.SUPPORT), taken);
    SupportWeights weights = SupportWeights.of(g, support, squares);

    Node toMeans = g.matMul(products, weights.share());
    Node combination = discriminants(g, support, weights, products, toMeans);
    Node offsets = offsets(g, weights, combination, toMeans);
    Node scale = TaskScale.of(g, support);
    Node scaled = g.mul(combination, scale);
    Node inMetric =
        g.sub(
            g.fusedMatMul(scaled, true, x, false, 1f),
            g.fusedMatMul(
                g.fusedMatMul(scaled, true, shortened, false, 1f), false, directions, true, 1f));
    return g.output(LinearScores.HEAD, inMetric)
        .output(LinearScores.BIAS, weights.bias(g, g.mul(offsets, scale)))
        .build();
  }

  /** A with w = Aᵀ x: P less what the scatter takes, [tasks, support, ways]. */
  private Node discriminants(
      GraphBuilder g, SupportInputs support, SupportWeights weights, Node products, Node toMeans) {
    Node ridge = g.exp(g.input("log_ridge", Dim.ONE));
    Node y = support.y();
    Node share = weights.share();
    // From the centred rows, x_i less the mean of its label, to all rows, and to one another.
    Node toRows = g.sub(products, g.fusedMatMul(y, false, toMeans, true, 1f));
    Node centredToMeans = g.matMul(toRows, share);
    Node scatter = g.sub(toRows, g.fusedMatMul(centredToMeans, false, y, true, 1f));

    Node root = g.unsqueeze(g.sqrt(weights.row()), 2);
    Node weighted = g.mul(g.mul(scatter, root), g.unsqueeze(g.squeeze(root, 2), 1));
    Node right = g.mul(centredToMeans, root);
    Node solved = ConjugateGradients.solve(g, weighted, ridge, right, (int) setting(ITERATIONS));
    Node ofCentred = g.mul(solved, root);
    Node ofMeans = g.fusedMatMul(y, true, ofCentred, false, 1f);
    return g.add(g.sub(share, ofCentred), g.matMul(share, ofMeans));
  }

  private static Node offsets(
      GraphBuilder g, SupportWeights weights, Node combination, Node toMeans) {
    Node norms = g.sum(g.mul(weights.share(), toMeans), -2);
    Node lengths = g.sum(g.mul(combination, toMeans), -2);
    WayMoments moments = weights.moments();
    Node scatter = g.sub(moments.meanSquare(), norms);
    Node variance = moments.variance(g, scatter, weights.ways());
    Node part = g.mul(variance, g.input("variance_weight", Dim.ONE));
    return g.mul(g.constant(0.5f), g.sub(g.mul(part, moments.share()), lengths));
  }

  @Override
  public Graph predictGraph() {
    return LinearScores.graph(features(), LABEL);
  }
}

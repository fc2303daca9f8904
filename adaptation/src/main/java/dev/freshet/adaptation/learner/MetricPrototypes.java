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
 * Prototypes in a metric of full rank (Mensink, Verbeek, Perronnin, Csurka: Distance-Based Image
 * Classification, PAMI 2013): what a {@link DomainMetric} is learned with.
 *
 * <pre>
 * P(k | x) = softmax_k τ (xᵀ (I + G) m_k − (m_kᵀ (I + G) m_k − v q_k) / 2)
 * </pre>
 *
 * <p>m, q, v and τ as in {@link PrototypeLearner}, v in the metric. The logits are linear in G but
 * for v, so that the loss is convex in it wherever all counts are even. The task parameters are
 * dense as a linear head's.
 */
public final class MetricPrototypes extends Classifier {
  /** Name of G, [features, features]. */
  public static final String METRIC = "metric";

  private static final List<Setting> SETTINGS = declared();

  /** With the settings that prototypes have. */
  public MetricPrototypes(int features) {
    super("metric-prototypes", features, Settings.of(SETTINGS, Map.of()));
  }

  private static List<Setting> declared() {
    List<Setting> settings = new ArrayList<>(List.of(SupportWeights.NAME_WEIGHT));
    settings.addAll(TaskScale.settings(16, 0.4));
    return settings;
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    TaskScale.initialize(tensors, settings());
    tensors.put(
        SupportWeights.NAME_WEIGHT_TENSOR, TaskScale.scalar(setting(SupportWeights.NAME_WEIGHT)));
    tensors.put(METRIC, Tensor.full(Shape.of(features(), features()), 0f));
    return tensors;
  }

  @Override
  public Graph adaptGraph() {
    GraphBuilder g = new GraphBuilder("adapt");
    SupportInputs support = SupportInputs.declare(g, features());
    Dim width = Dim.of(features());
    Node metric = g.input(METRIC, width, width);
    Node images = g.add(support.x(), g.matMul(support.x(), metric));
    Node squares = g.squeeze(g.sum(g.mul(images, support.x()), -1), 2);
    SupportWeights weights = SupportWeights.of(g, support, squares);
    Node head = g.fusedMatMul(weights.share(), true, images, false, 1f);
    Node means = g.fusedMatMul(weights.share(), true, support.x(), false, 1f);
    Node norms = g.unsqueeze(g.squeeze(g.sum(g.mul(head, means), -1), 2), 1);
    Node scale = TaskScale.of(g, support);
    return g.output(LinearScores.HEAD, g.mul(head, scale))
        .output(LinearScores.BIAS, weights.bias(g, g.mul(weights.offsets(g, norms), scale)))
        .build();
  }

  @Override
  public Graph predictGraph() {
    return LinearScores.graph(features(), LABEL);
  }
}

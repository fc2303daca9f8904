package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The yardstick every release is shown beside: nearest mean in the encoder's space, nothing
 * learned. Label names are one pseudo-example each, means are scaled to unit length, scores are the
 * softmax of cosines at a fixed temperature.
 */
public final class NearestMeanLearner implements Learner {
  /** Scale of the cosines. */
  public static final Setting TEMPERATURE =
      new Setting("temperature", 0.1, 1000, 15, "Scale of the cosines before the softmax.");

  private static final Head LABEL = Head.classification("label");

  private final int features;
  private final Settings settings = Settings.of(List.of(TEMPERATURE), Map.of());

  public NearestMeanLearner(int features) {
    this.features = features;
  }

  @Override
  public String name() {
    return "nearest-mean";
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public List<Head> heads() {
    return List.of(LABEL);
  }

  @Override
  public List<String> defaultHeads() {
    return List.of(LABEL.name());
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    float temperature = (float) settings.get(TEMPERATURE.name());
    return new TreeMap<>(Map.of("temperature", Tensor.vector(temperature)));
  }

  @Override
  public Graph adaptGraph() {
    GraphBuilder g = new GraphBuilder("adapt");
    Node temperature = g.input("temperature", Dim.ONE);
    SupportInputs support = SupportInputs.declare(g, features);
    WayMeans ways = WayMeans.of(g, support, support.mask());
    Node scale = g.div(temperature, g.max(ways.norms(), g.constant(WayMeans.TINY)));
    Node prototypes = g.mul(ways.means(), g.mul(scale, ways.present()));
    return g.output(CosineScores.PROTOTYPES, prototypes).build();
  }

  @Override
  public Graph predictGraph() {
    return CosineScores.graph(features, LABEL);
  }
}

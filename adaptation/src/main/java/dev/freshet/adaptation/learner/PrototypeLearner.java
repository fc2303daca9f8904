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
 * Prototypes (Snell, Swersky, Zemel: Prototypical Networks for Few-shot Learning, NeurIPS 2017),
 * with label names as pseudo-examples, a temperature that knows the task's size, and uneven label
 * counts corrected for.
 *
 * <pre>
 * m_k = Σ_i r_i y_ik x_i / Σ_i r_i y_ik       r_i = nameWeight for a label's name, 1 for an example
 * ν   = mean of |m_k| over the ways with rows
 * τ   = exp(a) ways^b (1 + examples / ways)^c
 * p_k = (τ / ν) m_k
 * P(k | x) = softmax_k (x / |x|) · p_k
 * </pre>
 *
 * <p>Each prototype is divided by the <em>mean</em> length, not by its own: a mean of many unit
 * vectors is shorter than one of few, and scaling each to unit length would take from labels with
 * few examples exactly what tells a sure mean from an unsure one. Cosine in place of the paper's
 * squared Euclidean distance suits encoders trained with it; a label with neither name nor example
 * has p = 0.
 *
 * <p>a, b, c and nameWeight are the initialisation, and as such can be meta-learned. Their defaults
 * are set by hand, on a grid over the HWU64 intents as MiniLM encodes them (see RATIONALE.md).
 */
public final class PrototypeLearner implements Learner {
  /** Weight of a label's name, where an example has 1. */
  public static final Setting NAME_WEIGHT =
      new Setting(
          "nameWeight", 0.01, 100, 1, "Weight of a label's name, where an example weighs 1.");

  /** exp(a). */
  public static final Setting TEMPERATURE =
      new Setting("temperature", 0.1, 1000, 20, "Scale of the logits, before ways and shots.");

  /** b. */
  public static final Setting WAYS_POWER =
      new Setting("waysPower", -2, 2, 0, "Power of the number of ways in the logits' scale.");

  /** c. */
  public static final Setting SHOTS_POWER =
      new Setting("shotsPower", -2, 2, 0, "Power of 1 + examples per way in the logits' scale.");

  /** All that can be set. */
  public static final List<Setting> SETTINGS =
      List.of(NAME_WEIGHT, TEMPERATURE, WAYS_POWER, SHOTS_POWER);

  private static final Head LABEL = Head.classification("label");

  private final int features;
  private final Settings settings;

  /** With the default settings. */
  public PrototypeLearner(int features) {
    this(features, Settings.of(SETTINGS, Map.of()));
  }

  /**
   * With settings of its own.
   *
   * @param settings made from {@link #SETTINGS}
   */
  public PrototypeLearner(int features, Settings settings) {
    this.features = features;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "prototype";
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
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    tensors.put("name_weight", scalar(settings.get(NAME_WEIGHT.name())));
    tensors.put("log_temperature", scalar(Math.log(settings.get(TEMPERATURE.name()))));
    tensors.put("ways_power", scalar(settings.get(WAYS_POWER.name())));
    tensors.put("shots_power", scalar(settings.get(SHOTS_POWER.name())));
    return tensors;
  }

  @Override
  public Graph adaptGraph() {
    GraphBuilder g = new GraphBuilder("adapt");
    Node nameWeight = g.input("name_weight", Dim.ONE);
    SupportInputs support = SupportInputs.declare(g, features);

    Node extra = g.mul(support.name(), g.sub(nameWeight, g.constant(1f)));
    Node rowWeights = g.mul(support.mask(), g.add(g.constant(1f), extra));
    WayMeans ways = WayMeans.of(g, support, rowWeights);

    Node scale =
        g.div(temperature(g, support), g.max(meanNorm(g, ways), g.constant(WayMeans.TINY)));
    Node prototypes = g.mul(ways.means(), g.mul(scale, g.unsqueeze(support.wayMask(), 2)));
    return g.output(CosineScores.PROTOTYPES, prototypes).build();
  }

  @Override
  public Graph predictGraph() {
    return CosineScores.graph(features, LABEL);
  }

  /** ν, [tasks, 1, 1]. */
  private static Node meanNorm(GraphBuilder g, WayMeans ways) {
    Node sum = g.fusedMatMul(ways.present(), true, ways.norms(), false, 1f);
    Node count = g.fusedMatMul(ways.present(), true, ways.present(), false, 1f);
    return g.div(sum, g.max(count, g.constant(1f)));
  }

  /** τ, [tasks, 1, 1]. Powers, because the bits of a logarithm depend on the batch. */
  private static Node temperature(GraphBuilder g, SupportInputs support) {
    Node logTemperature = g.input("log_temperature", Dim.ONE);
    Node waysPower = g.input("ways_power", Dim.ONE);
    Node shotsPower = g.input("shots_power", Dim.ONE);

    Node wayMask = g.unsqueeze(support.wayMask(), 2);
    Node ways = g.max(g.fusedMatMul(wayMask, true, wayMask, false, 1f), g.constant(1f));
    Node isExample = g.sub(g.constant(1f), support.name());
    Node examples = g.matMul(g.unsqueeze(support.mask(), 1), g.unsqueeze(isExample, 2));
    Node shots = g.add(g.constant(1f), g.div(examples, ways));
    return g.mul(g.exp(logTemperature), g.mul(g.pow(ways, waysPower), g.pow(shots, shotsPower)));
  }

  private static Tensor scalar(double value) {
    return Tensor.vector((float) value);
  }
}

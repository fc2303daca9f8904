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
 * Prototypes (Snell, Swersky, Zemel: Prototypical Networks for Few-shot Learning, NeurIPS 2017):
 * softmax over squared Euclidean distances to the labels' means. On a stream label counts are
 * uneven, so the variance of each mean is subtracted from its distance; label names are
 * pseudo-examples, and the temperature knows the task's size.
 *
 * <pre>
 * r_i  = nameWeight for a label's name, 1 for an example
 * m_k  = Σ_i r_i y_ik x_i / Σ_i r_i y_ik            s_k = Σ_i r_i y_ik |x_i|² / Σ_i r_i y_ik
 * q_k  = Σ_i r_i² y_ik / (Σ_i r_i y_ik)²            1/n for n rows of equal weight
 * v    = max(0, Σ_k (s_k − |m_k|²) / Σ_k (1 − q_k))  over the ways with rows
 * τ    = exp(a) ways^b (1 + examples / ways)^c
 * P(k | x) = softmax_k τ (x · m_k − (|m_k|² − v q_k) / 2)
 * </pre>
 *
 * <p>Where rows scatter around μ_k with the variance σ² (summed over the features), E|m_k|² =
 * |μ_k|² + σ² q_k and E s_k = |μ_k|² + σ². So |m_k|² makes a mean of few rows look farther from
 * everything than one of many: a label that has just joined would lose queries for being new. v is
 * an unbiased estimate of σ², hence |m_k|² − v q_k one of |μ_k|². Where each way has one row, v is
 * unknown, and cancels.
 *
 * <p>A label with neither name nor example stands in no direction: m = 0, and in place of its |m|²
 * − v q the mean of the others'.
 *
 * <p>a, b, c and nameWeight are the initialisation, and as such can be meta-learned. Their defaults
 * are set by hand (see RATIONALE.md). The task parameters are τ m_k and the rest of the logit.
 */
public final class PrototypeLearner implements Learner {
  /** Weight of a label's name, where an example has 1. */
  public static final Setting NAME_WEIGHT =
      new Setting(
          "nameWeight", 0.01, 100, 1.5, "Weight of a label's name, where an example weighs 1.");

  /** exp(a). */
  public static final Setting TEMPERATURE =
      new Setting("temperature", 0.1, 1000, 16, "Scale of the logits, before ways and shots.");

  /** b. */
  public static final Setting WAYS_POWER =
      new Setting("waysPower", -2, 2, 0, "Power of the number of ways in the logits' scale.");

  /** c. */
  public static final Setting SHOTS_POWER =
      new Setting("shotsPower", -2, 2, 0.4, "Power of 1 + examples per way in the logits' scale.");

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
    SupportInputs support = SupportInputs.declare(g, features);
    Node squares = g.input(GraphContract.SUPPORT_SQUARE, Dim.TASKS, Dim.SUPPORT);
    Node rowWeights = rowWeights(g, support);
    WayMoments moments = WayMoments.of(g, support.y(), rowWeights, squares);
    Node ways = g.unsqueeze(support.wayMask(), 1);
    Node temperature = temperature(g, support, ways);

    Node share = g.div(temperature, moments.weight());
    Node weights = g.mul(support.y(), g.mul(g.unsqueeze(rowWeights, 2), share));
    Node prototypes = g.fusedMatMul(weights, true, support.x(), false, 1f);
    Node tempered = asRow(g, g.sumLastAxis(g.mul(prototypes, prototypes)));
    Node scaled = g.div(tempered, temperature);

    Node scatter = g.sub(moments.meanSquare(), g.div(scaled, temperature));
    Node variance = g.mul(temperature, moments.variance(g, scatter, ways));
    Node offsets = g.mul(g.constant(0.5f), g.sub(g.mul(variance, moments.share()), scaled));
    Node bias = MaskedBias.of(g, offsets, moments.present(), ways);
    return g.output(EuclideanScores.PROTOTYPES, prototypes)
        .output(EuclideanScores.BIAS, bias)
        .build();
  }

  @Override
  public Graph predictGraph() {
    return EuclideanScores.graph(features, LABEL);
  }

  /** r, zero for padding, [tasks, support]. */
  private static Node rowWeights(GraphBuilder g, SupportInputs support) {
    Node nameWeight = g.input("name_weight", Dim.ONE);
    Node extra = g.mul(support.name(), g.sub(nameWeight, g.constant(1f)));
    return g.add(support.mask(), extra);
  }

  /** τ, [tasks, 1, 1]. Powers, because the bits of a logarithm depend on the batch. */
  private static Node temperature(GraphBuilder g, SupportInputs support, Node wayRow) {
    Node logTemperature = g.input("log_temperature", Dim.ONE);
    Node waysPower = g.input("ways_power", Dim.ONE);
    Node shotsPower = g.input("shots_power", Dim.ONE);

    Node ways = g.max(g.fusedMatMul(wayRow, false, wayRow, true, 1f), g.constant(1f));
    Node isExample = g.unsqueeze(g.sub(support.mask(), support.name()), 1);
    Node examples = g.fusedMatMul(isExample, false, isExample, true, 1f);
    Node shots = g.add(g.constant(1f), g.div(examples, ways));
    return g.mul(g.exp(logTemperature), g.mul(g.pow(ways, waysPower), g.pow(shots, shotsPower)));
  }

  /** [tasks, ways, 1] as [tasks, 1, ways]. */
  private static Node asRow(GraphBuilder g, Node column) {
    return g.unsqueeze(g.squeeze(column, 2), 1);
  }

  private static Tensor scalar(double value) {
    return Tensor.vector((float) value);
  }
}

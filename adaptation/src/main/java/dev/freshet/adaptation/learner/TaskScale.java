package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;
import java.util.SortedMap;

/**
 * What the final logits are multiplied by so that probabilities mean what they say, whatever the
 * size of the task: τ = exp(a) ways^b (1 + examples / ways)^c. Written with powers, because the
 * bits of a logarithm depend on the batch.
 */
final class TaskScale {
  static final Setting WAYS_POWER =
      new Setting("waysPower", -2, 2, 0, "Power of the number of ways in the logits' scale.");
  private static final String LOG_TEMPERATURE = "log_temperature";
  private static final String WAYS = "ways_power";
  private static final String SHOTS = "shots_power";

  private TaskScale() {}

  /** With the learner's own defaults for exp(a) and c. */
  static List<Setting> settings(double temperature, double shotsPower) {
    return List.of(
        new Setting(
            "temperature", 0.01, 1000, temperature, "Scale of the logits, before ways and shots."),
        WAYS_POWER,
        new Setting(
            "shotsPower",
            -2,
            2,
            shotsPower,
            "Power of 1 + examples per way in the logits' scale."));
  }

  static void initialize(SortedMap<String, Tensor> tensors, Settings settings) {
    tensors.put(LOG_TEMPERATURE, scalar(Math.log(settings.get("temperature"))));
    tensors.put(WAYS, scalar(settings.get(WAYS_POWER.name())));
    tensors.put(SHOTS, scalar(settings.get("shotsPower")));
  }

  /** τ, [tasks, 1, 1]. */
  static Node of(GraphBuilder g, SupportInputs support) {
    Node logTemperature = g.input(LOG_TEMPERATURE, Dim.ONE);
    Node waysPower = g.input(WAYS, Dim.ONE);
    Node shotsPower = g.input(SHOTS, Dim.ONE);

    Node ways = ways(g, support);
    Node shots = shots(g, support);
    return g.mul(g.exp(logTemperature), g.mul(g.pow(ways, waysPower), g.pow(shots, shotsPower)));
  }

  /** 1 + examples / ways, [tasks, 1, 1]. */
  static Node shots(GraphBuilder g, SupportInputs support) {
    Node isExample = g.unsqueeze(g.sub(support.mask(), support.name()), 1);
    Node examples = g.fusedMatMul(isExample, false, isExample, true, 1f);
    return g.add(g.constant(1f), g.div(examples, ways(g, support)));
  }

  /** At least 1, [tasks, 1, 1]. */
  static Node ways(GraphBuilder g, SupportInputs support) {
    Node wayRow = g.unsqueeze(support.wayMask(), 1);
    return g.max(g.fusedMatMul(wayRow, false, wayRow, true, 1f), g.constant(1f));
  }

  /** 1 for a way that has no name, [tasks, 1, ways]. */
  static Node nameless(GraphBuilder g, SupportInputs support) {
    Node names = g.matMul(g.unsqueeze(support.name(), 1), support.y());
    Node named = g.step(g.sub(names, g.constant(0.5f)));
    return g.mul(g.sub(g.constant(1f), named), g.unsqueeze(support.wayMask(), 1));
  }

  /** The part of the ways that have no name, [tasks, 1, 1]. */
  static Node namelessPart(GraphBuilder g, SupportInputs support) {
    return g.div(g.sum(nameless(g, support), -1), ways(g, support));
  }

  /**
   * The harmonic mean of the ways' numbers of rows over the arithmetic one, names among the rows,
   * of the ways that have any: 1 where all have as many, [tasks, 1, 1].
   */
  static Node evenness(GraphBuilder g, SupportInputs support) {
    Node count = g.matMul(g.unsqueeze(support.mask(), 1), support.y());
    Node present = g.step(g.sub(count, g.constant(0.5f)));
    Node inverse = g.div(present, g.max(count, g.constant(1f)));
    Node ways = g.max(g.sum(present, -1), g.constant(1f));
    Node sums = g.mul(g.sum(count, -1), g.sum(inverse, -1));
    return g.div(g.mul(ways, ways), g.max(sums, g.constant(1f)));
  }

  static Tensor scalar(double value) {
    return Tensor.vector((float) value);
  }
}

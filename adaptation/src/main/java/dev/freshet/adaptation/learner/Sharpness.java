package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;

/**
 * How much less sure a task's answers are to be than those of other tasks of as many labels and
 * examples. It asks the examples themselves: some are left out, and answered by what is left. Where
 * labels overlap or are mixed up, or texts say little of them, no count of rows says so, but these
 * answers are wrong more often than they are unsure, and one temperature would be the best for
 * them: a temperature scaling (Guo et al., On Calibration of Modern Neural Networks, ICML 2017) on
 * answers left out (Stone: Cross-validatory choice, 1974) in place of a held-out set.
 *
 * <pre>
 * ρ = argmin Σ_i −log softmax_{y_i} (ρ L_i) + λ/2 · 6/s (ρ − 1)²    at most 1
 * </pre>
 *
 * <p>over the examples i left out whose label has another row; s = 1 + examples / ways, because
 * what few rows say of one another is said by the labels' names. Answers become P^ρ, normalised.
 * L_i are the logits of a {@link LogisticLearner} {@link Learner#leftOutGraph() without half of the
 * examples}; where there is none, and in training, those of the means of all other rows:
 *
 * <pre>
 * z_ik = ⟨x_i, m_k⟩ − (|m_k|² − v q_k) / 2      as {@link PrototypeLearner}; m and q of i's own
 *                                               label without i
 * L_i  = T z_i,   T = t ways^a s^b              what is usual
 * </pre>
 *
 * <p>t, a, b and the λ that goes with them are of the means alone: where a member answers, they
 * matter in training only. The means are a poorer learner than those whose answers are sharpened;
 * it is what makes them cheap to leave a row out of, and they are compared with themselves only.
 * The sum is convex in ρ: its derivative is taken at a few places, and is zero where the line
 * between two of them is.
 */
final class Sharpness {
  /** t. */
  static final Setting TEMPERATURE =
      new Setting(
          "usualTemperature",
          0.01,
          1000,
          25,
          "Scale of the means' left-out answers that is usual.");

  /** a. */
  static final Setting WAYS_POWER =
      new Setting("usualWaysPower", -2, 2, -0.08, "Power of ways in that scale.");

  /** b. */
  static final Setting SHOTS_POWER =
      new Setting("usualShotsPower", -2, 2, 0.28, "Power of 1 + examples per way in that scale.");

  /** λ of the means. */
  static final Setting PRIOR =
      new Setting(
          "usualWeight",
          0.1,
          1e9,
          25,
          "Belief that a task of five examples a label is as usual; about examples' worth.");

  /** λ of a member. */
  static final Setting LEFT_OUT_PRIOR =
      new Setting(
          "leftOutWeight", 0.1, 1e9, 6, "The same, where a member answers the examples left out.");

  /** All that can be set. */
  static final List<Setting> SETTINGS = List.of(TEMPERATURE, WAYS_POWER, SHOTS_POWER, PRIOR);

  /** Of a name among a label's rows; as prototypes have it. */
  private static final float NAME_WEIGHT = 1.5f;

  /**
   * Where the derivative is taken; up to 1: that an unusually clear task should be answered more
   * surely than usual did not hold.
   */
  private static final float[] PLACES = {0.15f, 0.3f, 0.5f, 0.75f, 1f};

  /** s where λ is what the setting says. */
  private static final float PRIOR_SHOTS = 6f;

  /** Part of a row in its label's mean, above which there is no other row. */
  private static final float ALONE = 0.99f;

  private Sharpness() {}

  /**
   * ρ, [tasks, 1, 1], by the means.
   *
   * @param squares |x|² of each row, [tasks, support]
   * @param settings among which are {@link #SETTINGS}
   */
  static Node of(GraphBuilder g, SupportInputs support, Node squares, Settings settings) {
    Node extra = g.mul(support.name(), g.constant(NAME_WEIGHT - 1));
    SupportWeights weights = SupportWeights.of(g, support, squares, g.add(support.mask(), extra));
    Node scores = leftOut(g, support, weights, g.unsqueeze(squares, 2));
    Node scaled = g.mul(scores, usual(g, support, settings));
    Node part = g.sum(g.mul(support.y(), weights.share()), -1);
    Node hasOthers = g.step(g.sub(g.constant(ALONE), part));
    Node example = g.unsqueeze(g.sub(support.mask(), support.name()), 2);
    Node counted = g.mul(scaled, g.mul(example, hasOthers));
    Node logits = g.add(scaled, weights.penalty(g));
    Node present = g.mul(counted, weights.moments().present());
    return root(g, derivative(g, support, logits, present, constant(g, settings, PRIOR)));
  }

  /**
   * ρ, [tasks, 1, 1], by a member.
   *
   * @param leftOut L, far below for a way that it knows nothing of, [tasks, support, ways]
   * @param settings among which is {@link #LEFT_OUT_PRIOR}
   */
  static Node of(GraphBuilder g, SupportInputs support, Settings settings, Node leftOut) {
    Node counted = g.mul(leftOut, LeftOutHalf.withOtherRows(g, support));
    Node prior = constant(g, settings, LEFT_OUT_PRIOR);
    return root(g, derivative(g, support, leftOut, counted, prior));
  }

  /** z, [tasks, support, ways]. */
  private static Node leftOut(
      GraphBuilder g, SupportInputs support, SupportWeights weights, Node square) {
    Node y = support.y();
    Node products = g.fusedMatMul(support.x(), false, support.x(), true, 1f);
    Node toMeans = g.matMul(products, weights.share());
    Node norms = g.sum(g.mul(weights.share(), toMeans), -2);
    Node variance = weights.variance(g, norms);
    Node share = weights.moments().share();
    Node half = g.constant(0.5f);
    Node all = g.add(toMeans, weights.offsets(g, norms));

    Node part = g.sum(g.mul(y, weights.share()), -1);
    Node rest = g.max(g.sub(g.constant(1f), part), g.constant(1 - ALONE));
    Node toMean = g.sum(g.mul(y, toMeans), -1);
    Node taken = g.mul(part, square);
    Node without = g.div(g.sub(toMean, taken), rest);
    Node restSquare = g.mul(rest, rest);
    Node length =
        g.add(
            g.sub(g.sum(g.mul(y, norms), -1), g.mul(part, g.add(toMean, toMean))),
            g.mul(part, taken));
    Node shareLeft = g.sub(g.sum(g.mul(y, share), -1), g.mul(part, part));
    Node rowLength = g.div(g.sub(length, g.mul(variance, shareLeft)), restSquare);
    Node own = g.sub(without, g.mul(half, rowLength));
    return g.add(all, g.mul(y, g.sub(own, g.sum(g.mul(y, all), -1))));
  }

  /** T, [tasks, 1, 1]. */
  private static Node usual(GraphBuilder g, SupportInputs support, Settings settings) {
    Node ways = g.pow(TaskScale.ways(g, support), constant(g, settings, WAYS_POWER));
    Node shots = g.pow(TaskScale.shots(g, support), constant(g, settings, SHOTS_POWER));
    return g.mul(constant(g, settings, TEMPERATURE), g.mul(ways, shots));
  }

  private static Node constant(GraphBuilder g, Settings settings, Setting setting) {
    return g.constant((float) settings.get(setting.name()));
  }

  /**
   * Of the sum by ρ, at every place, [tasks, places, 1, 1].
   *
   * @param scores far below for a way that is not to be reckoned with, [tasks, support, ways]
   * @param counted the same of rows that count, else zero, [tasks, support, ways]
   */
  private static Node derivative(
      GraphBuilder g, SupportInputs support, Node scores, Node counted, Node belief) {
    Node places = g.constant(Tensor.of(Shape.of(1, PLACES.length, 1, 1), PLACES));
    Node logits = g.mul(g.unsqueeze(scores, 1), places);
    Node expected = g.mul(g.softmax(logits), g.unsqueeze(counted, 1));
    Node ofOwn = g.sum(g.sum(g.mul(counted, support.y()), -1), -2);
    Node sum = g.sub(g.sum(g.sum(expected, -1), -2), g.unsqueeze(ofOwn, 1));
    Node prior = g.mul(belief, g.constant(PRIOR_SHOTS));
    Node pull = g.div(prior, TaskScale.shots(g, support));
    return g.add(sum, g.mul(g.sub(places, g.constant(1f)), g.unsqueeze(pull, 1)));
  }

  /** Where a rising function is zero that is linear between the places, [tasks, 1, 1]. */
  private static Node root(GraphBuilder g, Node values) {
    int last = PLACES.length - 1;
    Node low = g.slice(values, 1, 0, last);
    Node high = g.slice(values, 1, 1, last + 1);
    Node one = g.constant(1f);
    Node passed = g.relu(g.div(g.neg(low), g.sub(high, low)));
    Node part = g.sub(one, g.relu(g.sub(one, passed)));
    float[] lengths = new float[last];
    for (int i = 0; i < last; i++) {
      lengths[i] = PLACES[i + 1] - PLACES[i];
    }
    Node walked = g.mul(part, g.constant(Tensor.of(Shape.of(1, last, 1, 1), lengths)));
    return g.add(g.squeeze(g.sum(walked, 1), 1), g.constant(PLACES[0]));
  }
}

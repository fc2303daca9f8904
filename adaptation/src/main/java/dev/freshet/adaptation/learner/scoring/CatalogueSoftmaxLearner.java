package dev.freshet.adaptation.learner.scoring;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.learner.Setting;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts items in order by a user vector that is adapted with a softmax over the catalogue. The inner
 * loop is gradient ascent on the log-likelihood of the user's own items under the multinomial model
 * of Covington, Adams, Sargin (Deep Neural Networks for YouTube Recommendations, RecSys 2016,
 * section 3.1); its gradient is analytic. The start, rates and item factors are meta-learned
 * through it, second order, as in MAML (Finn, Abbeel, Levine, ICML 2017).
 *
 * <pre>
 * e_i     = (ranking factors, base, log count, log recent count of item i) · scale
 * s_i     = 1 + κ tanh((y_i − centre) / spread)          what the i-th rating counts for
 * p_j     = softmax_j (e_j · v_t)                        over the background: the catalogue
 * v_0     = start
 * v_t+1   = v_t + α_t Σ_i s_i (e_i − Σ_j p_j e_j) / (Σ_i s_i + n_0)
 * score_q = e_q · v
 * </pre>
 *
 * <p>The task parameter {@code direction} [tasks, features, 1] has the score of every item as its
 * product with the item's row: the best K of a catalogue are one matrix product, exact.
 *
 * <p>The statistics among the columns are adapted like any factor: some users see what everybody
 * sees this week, some do not.
 */
public final class CatalogueSoftmaxLearner extends ItemLearner {
  /** Tensor with the rows of the catalogue, [background, features]. */
  public static final String BACKGROUND_TENSOR = "background";

  /** Number of j. */
  public static final Setting BACKGROUND =
      new Setting("background", 2, 1 << 16, 64, "Items in the softmax of the inner loop.");

  /** Number of t. */
  public static final Setting STEPS =
      new Setting("steps", 1, 20, 3, "Gradient steps of the inner loop.");

  /** α before any training. */
  public static final Setting RATE =
      new Setting("rate", 1e-4, 1e4, 6, "Inner learning rate before any training.");

  /** n_0 before any training. */
  public static final Setting INERTIA =
      new Setting("inertia", 1e-3, 1e3, 3, "Examples that the start is worth.");

  /** κ before any training. */
  public static final Setting LIKING =
      new Setting("liking", -1, 1, 0.3, "How much more an example counts that was rated well.");

  /** All that can be set. */
  public static final List<Setting> SETTINGS =
      List.of(
          BACKGROUND,
          STEPS,
          RATE,
          INERTIA,
          LIKING,
          ItemUnits.CENTRE_SETTING,
          ItemUnits.SPREAD_SETTING);

  /** Of the columns with statistics, before training: factors begin about as large. */
  private static final float STATISTICS_SCALE = 0.2f;

  /** Of the two counts, before training: popular items first. */
  private static final float POPULARITY_START = 2.5f;

  private final int steps;
  private final int background;

  /**
   * With settings of its own.
   *
   * @param head whose scores are its answers
   * @param settings made from {@link #SETTINGS}
   */
  public CatalogueSoftmaxLearner(ItemLayout layout, Settings settings, String head) {
    super("catalogue-softmax", layout, settings, Head.ranking(head));
    this.steps = (int) setting(STEPS);
    this.background = (int) setting(BACKGROUND);
  }

  /** Length of e. */
  private int columns() {
    return features() - layout().ratingFactors();
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    RatedRows.initialize(
        tensors, setting(ItemUnits.CENTRE_SETTING), setting(ItemUnits.SPREAD_SETTING));
    float[] scale = new float[columns()];
    Arrays.fill(scale, 1f);
    Arrays.fill(scale, layout().rankingFactors(), scale.length, STATISTICS_SCALE);
    float[] start = new float[columns()];
    Arrays.fill(start, layout().rankingFactors() + 1, start.length, POPULARITY_START);
    tensors.put("column_scale", Tensor.vector(scale));
    tensors.put("start", Tensor.vector(start));
    tensors.put("log_rates", Tensor.full(Shape.of(steps), (float) Math.log(setting(RATE))));
    tensors.put("log_inertia", Tensor.vector((float) Math.log(setting(INERTIA))));
    tensors.put("liking", Tensor.vector((float) setting(LIKING)));
    tensors.put(BACKGROUND_TENSOR, Tensor.full(Shape.of(background, features()), 0f));
    return tensors;
  }

  /**
   * An adapted batch, as nodes of the graph that it was written into.
   *
   * @param scale of the columns, [columns]
   * @param catalogue e of the background, [background, columns]
   * @param user v, [tasks, columns]
   */
  record Adapted(Node scale, Node catalogue, Node user) {
    /** e_j · v, [tasks, background]. */
    Node logits(GraphBuilder g) {
      return g.fusedMatMul(user, false, catalogue, true, 1f);
    }
  }

  /** Writes the inner loop. */
  Adapted adapt(GraphBuilder g) {
    RatedRows support = RatedRows.declare(g, layout());
    Node scale = g.input("column_scale", Dim.of(columns()));
    Node rates = g.exp(g.input("log_rates", Dim.of(steps)));
    Node inertia = g.exp(g.input("log_inertia", Dim.ONE));
    Node rows = g.input(BACKGROUND_TENSOR, Dim.of(background), Dim.of(features()));
    Node catalogue = g.mul(g.slice(rows, 1, layout().ratingFactors(), features()), scale);

    Node weight = weights(g, support);
    Node sum = g.squeeze(support.total(g, weight), 1);
    Node own = g.mul(g.slice(support.x(), 2, layout().ratingFactors(), features()), scale);
    Node pull = g.squeeze(g.fusedMatMul(weight, true, own, false, 1f), 1);
    Node mass = g.add(sum, inertia);
    Node start = g.input("start", Dim.of(columns()));
    Node user = g.add(g.mul(sum, g.constant(0f)), start);
    for (int t = 0; t < steps; t++) {
      Node logits = g.fusedMatMul(user, false, catalogue, true, 1f);
      Node expected = g.matMul(g.softmax(logits), catalogue);
      Node gradient = g.div(g.sub(pull, g.mul(sum, expected)), mass);
      user = g.add(user, g.mul(gradient, g.slice(rates, 0, t, t + 1)));
    }
    return new Adapted(scale, catalogue, user);
  }

  /** s, 0 for padding, [tasks, support, 1]. */
  private Node weights(GraphBuilder g, RatedRows support) {
    Node liking = g.input("liking", Dim.ONE);
    int factors = layout().ratingFactors();
    Node height = g.slice(support.rows().seen(), 2, factors, factors + 1);
    Node taste = g.tanh(g.add(height, support.residual()));
    return g.mul(support.mask(), g.add(g.constant(1f), g.mul(liking, taste)));
  }

  @Override
  public Graph adaptGraph() {
    GraphBuilder g = new GraphBuilder("adapt");
    Adapted adapted = adapt(g);
    Node direction = g.mul(adapted.user(), adapted.scale());
    Node ofRow = g.pad(direction, 1, layout().ratingFactors(), 0);
    return g.output("direction", g.unsqueeze(ofRow, 2)).build();
  }

  @Override
  public Graph predictGraph() {
    GraphBuilder g = new GraphBuilder("predict");
    Node direction = g.input("direction", Dim.TASKS, Dim.of(features()), Dim.ONE);
    return g.output(scores(), g.matMul(queries(g), direction)).build();
  }
}

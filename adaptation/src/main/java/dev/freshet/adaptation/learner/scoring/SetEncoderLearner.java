package dev.freshet.adaptation.learner.scoring;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.learner.Setting;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ridge posterior, and a small network that corrects it by the whole set of ratings (Zaheer and
 * others: Deep Sets, NeurIPS 2017, theorem 2; as a meta-learner Garnelo and others: Conditional
 * Neural Processes, ICML 2018).
 *
 * <pre>
 * u          the posterior mean, as in {@link RidgeLearner}
 * h_i        = relu([row_i, r_i, t_i · u, r_i − t_i · u] A + a)
 * c          = [Σ_i h_i / (n + 1), n / (n + 2), n / (n + 10)] B
 * z          = relu([row_q, t_q · u, t_q · u + base_q] C + c + b)
 * answer     = base_q + spread (t_q · u + relu(z D + d) · e)
 * </pre>
 *
 * <p>The network sees where answers are asked by absolute error: medians of whole numbers are not
 * where means are. It begins at the ridge's answer: e is small. The spread of the answers is the
 * ridge posterior's, around the network's mean: what a network does not know, it does not say.
 */
public final class SetEncoderLearner extends ItemLearner {
  /** Of all hidden layers. */
  public static final Setting WIDTH =
      new Setting("width", 2, 512, 32, "Width of the encoder and of what corrects the ridge.");

  /** Of the weights before training. */
  public static final Setting SEED =
      new Setting("seed", 0, 1e9, 1, "Of the weights that training begins with.");

  /** All that can be set. */
  public static final List<Setting> SETTINGS = declared();

  private static final int ROW_EXTRAS = 3;
  private static final int COUNT_COLUMNS = 2;
  private static final int QUERY_EXTRAS = 2;
  private static final double LAST_SCALE = 0.01;

  private final int width;

  /**
   * With settings of its own.
   *
   * @param head whose scores are its answers
   * @param settings made from {@link #SETTINGS}
   */
  public SetEncoderLearner(ItemLayout layout, Settings settings, String head) {
    super("set-encoder", layout, settings, Head.scoring(head));
    this.width = (int) setting(WIDTH);
  }

  private static List<Setting> declared() {
    List<Setting> settings = new ArrayList<>(RidgeLearner.SETTINGS);
    settings.addAll(List.of(WIDTH, SEED));
    return List.copyOf(settings);
  }

  private int rowColumns() {
    return ItemUnits.seenColumns(layout()) + ROW_EXTRAS;
  }

  private int queryColumns() {
    return ItemUnits.seenColumns(layout()) + QUERY_EXTRAS;
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    RatedRows.initialize(
        tensors, setting(ItemUnits.CENTRE_SETTING), setting(ItemUnits.SPREAD_SETTING));
    RidgePosterior.initialize(
        tensors,
        layout(),
        setting(RidgeLearner.NOISE),
        setting(RidgeLearner.OFFSET_PRECISION),
        setting(RidgeLearner.TASTE_PRECISION));
    Layers layers = new Layers((long) setting(SEED));
    tensors.put("row_weights", layers.weights(rowColumns(), width, 1));
    tensors.put("row_bias", Layers.zeros(width));
    tensors.put("pool_weights", layers.weights(width + COUNT_COLUMNS, width, 1));
    tensors.put("query_weights", layers.weights(queryColumns(), width, 1));
    tensors.put("query_bias", Layers.zeros(width));
    tensors.put("hidden_weights", layers.weights(width, width, 1));
    tensors.put("hidden_bias", Layers.zeros(width));
    float[] last = layers.weights(width, 1, LAST_SCALE).toArray();
    tensors.put("answer_weights", Tensor.vector(last));
    return tensors;
  }

  @Override
  public Graph adaptGraph() {
    GraphBuilder g = new GraphBuilder("adapt");
    RatedRows support = RatedRows.declare(g, layout());
    RidgePosterior posterior = RidgePosterior.of(g, layout(), support);
    Node user = posterior.mean();
    Node fit = g.matMul(support.rows().taste(), user);
    Node residual = support.residual();
    Node row = g.concat(2, support.rows().seen(), residual, fit, g.sub(residual, fit));
    Node hidden =
        g.relu(
            g.add(
                Layers.times(g, row, "row_weights", rowColumns(), width),
                Layers.bias(g, "row_bias", width)));
    Node count = support.count(g);
    Node pooled = g.div(support.total(g, hidden), g.add(count, g.constant(1f)));
    Node set = g.concat(2, pooled, share(g, count, 2f), share(g, count, 10f));
    Node context = Layers.times(g, set, "pool_weights", width + COUNT_COLUMNS, width);
    return g.output("user", user)
        .output("context", context)
        .output(RidgePosterior.ROOT, posterior.root())
        .build();
  }

  /** n / (n + prior): no logarithm, whose bits depend on the batch. */
  private static Node share(GraphBuilder g, Node count, float prior) {
    return g.div(count, g.add(count, g.constant(prior)));
  }

  @Override
  public Graph predictGraph() {
    GraphBuilder g = new GraphBuilder("predict");
    Node user = g.input("user", Dim.TASKS, Dim.of(layout().ratingFactors() + 1), Dim.ONE);
    Node context = g.input("context", Dim.TASKS, Dim.ONE, Dim.of(width));
    ItemUnits query = ItemUnits.of(g, layout(), queries(g));
    Node liking = g.matMul(query.taste(), user);
    int factors = layout().ratingFactors();
    Node height = g.slice(query.seen(), 2, factors, factors + 1);
    Node first = firstLayer(g, query.seen(), height, liking);
    Node z = g.relu(g.add(g.add(first, context), Layers.bias(g, "query_bias", width)));
    Node second = Layers.times(g, z, "hidden_weights", width, width);
    Node deep = g.relu(g.add(second, Layers.bias(g, "hidden_bias", width)));
    Node correction = Layers.dot(g, deep, "answer_weights", width);
    Node answer = g.mul(g.add(liking, correction), query.spread());
    return g.output(scores(), g.add(query.base(), answer))
        .output(spread(), RidgePosterior.spread(g, query, RidgePosterior.rootInput(g, layout())))
        .build();
  }

  /**
   * [row_q, t_q · u, t_q · u + height] C, with what does not depend on the user apart: where all
   * users are asked about the same items, it is computed once.
   */
  private Node firstLayer(GraphBuilder g, Node seen, Node height, Node liking) {
    int columns = ItemUnits.seenColumns(layout());
    Node weights = g.input("query_weights", Dim.of(queryColumns()), Dim.of(width));
    Node ofLiking = g.slice(weights, 0, columns, columns + 1);
    Node ofAnswer = g.slice(weights, 0, columns + 1, columns + 2);
    Node known = g.add(g.matMul(seen, g.slice(weights, 0, 0, columns)), g.mul(height, ofAnswer));
    return g.add(known, g.mul(liking, g.add(ofLiking, ofAnswer)));
  }
}

package dev.freshet.adaptation.learner.scoring;

import dev.freshet.adaptation.autodiff.Gradients;
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
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * CAVIA (Zintgraf and others: Fast Context Adaptation via Meta-Learning, ICML 2019): the network is
 * everybody's, and a user is a few inputs of it, found by gradient steps.
 *
 * <pre>
 * f(q, φ) = tanh([row_q] W + φ V + b) · e
 * φ_0     = 0          φ_t+1 = φ_t − α_t ∇_φ Σ_i (r_i − f(i, φ_t))² / (n + 1)        equation 1
 * answer  = base_q + spread · f(q, φ)
 * </pre>
 */
public final class ContextLearner extends ItemLearner {
  /** Length of φ. */
  public static final Setting CONTEXT =
      new Setting("context", 1, 256, 8, "Inputs of the network that are the user's own.");

  /** Of the hidden layer. */
  public static final Setting WIDTH = new Setting("width", 2, 512, 32, "Width of the network.");

  /** Number of t. */
  public static final Setting STEPS =
      new Setting("steps", 1, 50, 4, "Gradient steps of the inner loop.");

  /** α before any training. */
  public static final Setting RATE =
      new Setting("rate", 1e-4, 1e3, 1, "Inner learning rate before any training.");

  /** Of the weights before training. */
  public static final Setting SEED =
      new Setting("seed", 0, 1e9, 1, "Of the weights that training begins with.");

  /** All that can be set. */
  public static final List<Setting> SETTINGS =
      List.of(
          CONTEXT, WIDTH, STEPS, RATE, SEED, ItemUnits.CENTRE_SETTING, ItemUnits.SPREAD_SETTING);

  private final int context;
  private final int width;
  private final int steps;

  /**
   * With settings of its own.
   *
   * @param head whose scores are its answers
   * @param settings made from {@link #SETTINGS}
   */
  public ContextLearner(ItemLayout layout, Settings settings, String head) {
    super("cavia", layout, settings, Head.scoring(head));
    this.context = (int) setting(CONTEXT);
    this.width = (int) setting(WIDTH);
    this.steps = (int) setting(STEPS);
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    RatedRows.initialize(
        tensors, setting(ItemUnits.CENTRE_SETTING), setting(ItemUnits.SPREAD_SETTING));
    Layers layers = new Layers((long) setting(SEED));
    tensors.put("row_weights", layers.weights(columns(), width, 1));
    tensors.put("context_weights", layers.weights(context, width, 1));
    tensors.put("row_bias", Layers.zeros(width));
    tensors.put("answer_weights", Tensor.vector(layers.weights(width, 1, 1).toArray()));
    tensors.put("log_rates", Tensor.full(Shape.of(steps), (float) Math.log(setting(RATE))));
    return tensors;
  }

  private int columns() {
    return ItemUnits.seenColumns(layout());
  }

  /** The network's inputs in a graph. */
  private record Network(Node rows, Node context, Node bias, Node answer) {
    /** f, [tasks, rows, 1]. */
    Node of(GraphBuilder g, Node seen, Node phi) {
      Node hidden = g.add(g.add(g.matMul(seen, rows), g.matMul(phi, context)), bias);
      return g.sumLastAxis(g.mul(g.tanh(hidden), answer));
    }
  }

  private Network declare(GraphBuilder g) {
    return new Network(
        g.input("row_weights", Dim.of(columns()), Dim.of(width)),
        g.input("context_weights", Dim.of(context), Dim.of(width)),
        Layers.bias(g, "row_bias", width),
        Layers.bias(g, "answer_weights", width));
  }

  @Override
  public Graph adaptGraph() {
    GraphBuilder g = new GraphBuilder("adapt");
    RatedRows support = RatedRows.declare(g, layout());
    Network network = declare(g);
    Node rates = g.exp(g.input("log_rates", Dim.of(steps)));
    Node count = support.count(g);
    Node phi = g.mul(count, g.constant(Tensor.full(Shape.of(context), 0f)));
    for (int t = 0; t < steps; t++) {
      Node error = g.sub(support.residual(), network.of(g, support.rows().seen(), phi));
      Node squares = g.mul(g.mul(error, error), support.mask());
      Node loss = g.div(support.total(g, squares), g.add(count, g.constant(1f)));
      Node gradient = Gradients.of(g, loss, List.of(phi)).get(0);
      phi = g.sub(phi, g.mul(gradient, g.slice(rates, 0, t, t + 1)));
    }
    return g.output("phi", phi).build();
  }

  @Override
  public Graph predictGraph() {
    GraphBuilder g = new GraphBuilder("predict");
    Node phi = g.input("phi", Dim.TASKS, Dim.ONE, Dim.of(context));
    ItemUnits query = ItemUnits.of(g, layout(), queries(g));
    Node liking = declare(g).of(g, query.seen(), phi);
    return g.output(scores(), g.add(query.base(), g.mul(liking, query.spread()))).build();
  }
}

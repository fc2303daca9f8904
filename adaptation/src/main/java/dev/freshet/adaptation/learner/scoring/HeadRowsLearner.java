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
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * ANIL (Raghu and others: Rapid Learning or Feature Reuse?, ICLR 2020) over item rows: the network
 * is everybody's, and a user is its last layer, found by gradient steps.
 *
 * <pre>
 * h(q)      = tanh(tanh(row_q W_1 + b_1) W_2 + b_2)
 * e_i       = h(i) · w_t + c_t − r_i
 * w_t+1     = w_t − α 2 Σ_i e_i h(i) / n         c_t+1 = c_t − β 2 Σ_i e_i / n
 * answer    = base_q + spread (h(q) · w_T + c_T)
 * </pre>
 *
 * <p>w_0, c_0, α and β are learned with the network. A user without ratings is answered by w_0.
 */
public final class HeadRowsLearner extends ItemLearner {
  /** All that can be set. */
  public static final List<Setting> SETTINGS = GradientRowsLearner.SETTINGS;

  private final int first;
  private final int second;
  private final int steps;

  /**
   * With settings of its own.
   *
   * @param head whose scores are its answers
   * @param settings made from {@link #SETTINGS}
   */
  public HeadRowsLearner(ItemLayout layout, Settings settings, String head) {
    super("anil", layout, settings, Head.scoring(head));
    this.first = (int) setting(RowNetwork.HIDDEN1);
    this.second = (int) setting(RowNetwork.HIDDEN2);
    this.steps = (int) setting(RowNetwork.STEPS);
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    RatedRows.initialize(
        tensors, setting(ItemUnits.CENTRE_SETTING), setting(ItemUnits.SPREAD_SETTING));
    Layers layers = new Layers((long) setting(RowNetwork.SEED));
    tensors.put("layer1_weights", layers.weights(columns(), first, 1));
    tensors.put("layer1_bias", Layers.zeros(first));
    tensors.put("layer2_weights", layers.weights(first, second, 1));
    tensors.put("layer2_bias", Layers.zeros(second));
    tensors.put("start_head", Tensor.vector(layers.weights(second, 1, 1).toArray()));
    tensors.put("start_bias", Layers.zeros(1));
    tensors.put("rate_head", Tensor.vector((float) setting(RowNetwork.RATE)));
    tensors.put("rate_bias", Tensor.vector((float) setting(RowNetwork.RATE)));
    return tensors;
  }

  private int columns() {
    return ItemUnits.seenColumns(layout());
  }

  /** h, [tasks, rows, second]. */
  private Node hidden(GraphBuilder g, Node seen) {
    Node inner =
        g.tanh(
            g.add(
                Layers.times(g, seen, "layer1_weights", columns(), first),
                Layers.bias(g, "layer1_bias", first)));
    return g.tanh(
        g.add(
            Layers.times(g, inner, "layer2_weights", first, second),
            Layers.bias(g, "layer2_bias", second)));
  }

  @Override
  public Graph adaptGraph() {
    GraphBuilder g = new GraphBuilder("adapt");
    RatedRows support = RatedRows.declare(g, layout());
    Node h = hidden(g, support.rows().seen());
    Node count = support.count(g);
    Node share = g.div(g.constant(2f), g.max(count, g.constant(1f)));
    Node rateHead = g.mul(share, g.input("rate_head", Dim.ONE));
    Node rateBias = g.mul(share, g.input("rate_bias", Dim.ONE));
    Node head = forEachTask(g, count, Layers.bias(g, "start_head", second), second);
    Node bias = forEachTask(g, count, Layers.bias(g, "start_bias", 1), 1);
    for (int t = 0; t < steps; t++) {
      Node given = g.add(g.fusedMatMul(h, false, head, true, 1f), bias);
      Node error = g.mul(support.mask(), g.sub(given, support.residual()));
      Node byHead = g.fusedMatMul(error, true, h, false, 1f);
      head = g.sub(head, g.mul(rateHead, byHead));
      bias = g.sub(bias, g.mul(rateBias, support.total(g, error)));
    }
    return g.output("head", head).output("head_bias", bias).build();
  }

  /** [tasks, 1, size]. */
  private static Node forEachTask(GraphBuilder g, Node count, Node shared, int size) {
    return g.add(g.mul(count, g.constant(Tensor.full(Shape.of(size), 0f))), shared);
  }

  @Override
  public Graph predictGraph() {
    GraphBuilder g = new GraphBuilder("predict");
    Node head = g.input("head", Dim.TASKS, Dim.ONE, Dim.of(second));
    Node bias = g.input("head_bias", Dim.TASKS, Dim.ONE, Dim.ONE);
    ItemUnits query = ItemUnits.of(g, layout(), queries(g));
    Node h = hidden(g, query.seen());
    Node liking = g.add(g.fusedMatMul(h, false, head, true, 1f), bias);
    return g.output(scores(), g.add(query.base(), g.mul(liking, query.spread()))).build();
  }
}

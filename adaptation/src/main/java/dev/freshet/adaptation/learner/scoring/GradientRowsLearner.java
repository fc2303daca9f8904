package dev.freshet.adaptation.learner.scoring;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.MamlLearner;
import dev.freshet.adaptation.learner.MetaSgdLearner;
import dev.freshet.adaptation.learner.Setting;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A network over item rows, all of whose parameters a user's ratings move by gradient steps, as
 * MeLU has it (Lee and others: MeLU, KDD 2019, algorithm 1) but for the user's profile, of which
 * there is none: {@link MamlLearner} or {@link MetaSgdLearner}.
 *
 * <pre>
 * θ_t+1  = θ_t − α ∘ ∇ Σ_i (r_i − f(row_i, θ_t))² / n
 * answer = base_q + spread · f(row_q, θ_T)
 * </pre>
 *
 * <p>A user without ratings is answered by θ_0.
 */
public final class GradientRowsLearner extends ItemLearner {
  /** All that can be set. */
  public static final List<Setting> SETTINGS =
      List.of(
          RowNetwork.HIDDEN1,
          RowNetwork.HIDDEN2,
          RowNetwork.STEPS,
          RowNetwork.RATE,
          RowNetwork.SEED,
          ItemUnits.CENTRE_SETTING,
          ItemUnits.SPREAD_SETTING);

  private final Learner network;

  private GradientRowsLearner(Learner network, ItemLayout layout, Settings settings, String head) {
    super(network.name(), layout, settings, Head.scoring(head));
    this.network = network;
  }

  /**
   * With one inner rate per tensor.
   *
   * @param head whose scores are its answers
   * @param settings made from {@link #SETTINGS}
   */
  public static Learner maml(ItemLayout layout, Settings settings, String head) {
    Settings inner = Settings.of(MamlLearner.SETTINGS, inner(settings));
    Learner network = new MamlLearner(ItemUnits.seenColumns(layout), inner);
    return new GradientRowsLearner(network, layout, settings, head);
  }

  /** The same with one inner rate per parameter. */
  public static Learner metaSgd(ItemLayout layout, Settings settings, String head) {
    Settings inner = Settings.of(MetaSgdLearner.SETTINGS, inner(settings));
    Learner network = new MetaSgdLearner(ItemUnits.seenColumns(layout), inner);
    return new GradientRowsLearner(network, layout, settings, head);
  }

  /** Smooth: through ReLU, the outer gradient would miss what the steps bend. */
  private static Map<String, Double> inner(Settings settings) {
    Map<String, Double> inner = new TreeMap<>(Map.of("numbers", 1.0, "smooth", 1.0));
    for (Setting same :
        List.of(
            RowNetwork.HIDDEN1,
            RowNetwork.HIDDEN2,
            RowNetwork.STEPS,
            RowNetwork.RATE,
            RowNetwork.SEED)) {
      inner.put(same.name(), settings.get(same.name()));
    }
    return inner;
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    SortedMap<String, Tensor> tensors = new TreeMap<>(network.initialization());
    RatedRows.initialize(
        tensors, setting(ItemUnits.CENTRE_SETTING), setting(ItemUnits.SPREAD_SETTING));
    return tensors;
  }

  @Override
  public Graph adaptGraph() {
    return adapting(network.adaptGraph());
  }

  @Override
  public Graph trainingGraph() {
    return adapting(network.trainingGraph());
  }

  private Graph adapting(Graph inner) {
    GraphBuilder g = new GraphBuilder("adapt");
    RatedRows support = RatedRows.declare(g, layout());
    Map<String, Node> values = new LinkedHashMap<>();
    values.put(GraphContract.SUPPORT_X, support.rows().seen());
    values.put(GraphContract.SUPPORT_Y, support.residual());
    values.put(GraphContract.SUPPORT_MASK, g.squeeze(support.mask(), 2));
    inline(g, inner, values).forEach(g::output);
    return g.build();
  }

  @Override
  public Graph predictGraph() {
    GraphBuilder g = new GraphBuilder("predict");
    ItemUnits query = ItemUnits.of(g, layout(), queries(g));
    Map<String, Node> values = new LinkedHashMap<>();
    values.put(GraphContract.QUERY_X, query.seen());
    String inner = GraphContract.scores(network.defaultHeads().get(0));
    Node liking =
        Objects.requireNonNull(inline(g, network.predictGraph(), values).get(inner), inner);
    return g.output(scores(), g.add(query.base(), g.mul(liking, query.spread()))).build();
  }

  /** Inputs without a value stay inputs, of their own names. */
  private static Map<String, Node> inline(GraphBuilder g, Graph graph, Map<String, Node> values) {
    Map<String, Node> all = new LinkedHashMap<>(values);
    graph
        .inputs()
        .forEach(
            (name, node) ->
                all.computeIfAbsent(
                    name, unused -> g.input(name, node.shape().dims().toArray(new Dim[0]))));
    return g.inline(graph, all);
  }
}

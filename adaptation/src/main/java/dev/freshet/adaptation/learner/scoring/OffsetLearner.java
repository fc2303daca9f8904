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
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The yardstick: an item's base and the user's shrunken offset from it (Koren, Bell: Advances in
 * Collaborative Filtering, Recommender Systems Handbook, 2011, section 2.1).
 *
 * <pre>
 * answer = base_q + Σ_i (y_i − base_i) / (n + λ)
 * </pre>
 */
public final class OffsetLearner extends ItemLearner {
  /** λ. */
  public static final Setting SHRINKAGE =
      new Setting("shrinkage", 1e-3, 1e3, 2, "Ratings that the prior of the offset is worth.");

  /** All that can be set. */
  public static final List<Setting> SETTINGS =
      List.of(SHRINKAGE, ItemUnits.CENTRE_SETTING, ItemUnits.SPREAD_SETTING);

  /**
   * With settings of its own.
   *
   * @param head whose scores are its answers
   * @param settings made from {@link #SETTINGS}
   */
  public OffsetLearner(ItemLayout layout, Settings settings, String head) {
    super("offset-shrinkage", layout, settings, Head.scoring(head));
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    RatedRows.initialize(
        tensors, setting(ItemUnits.CENTRE_SETTING), setting(ItemUnits.SPREAD_SETTING));
    tensors.put("log_shrinkage", Tensor.vector((float) Math.log(setting(SHRINKAGE))));
    return tensors;
  }

  @Override
  public Graph adaptGraph() {
    GraphBuilder g = new GraphBuilder("adapt");
    RatedRows support = RatedRows.declare(g, layout());
    Node weight = g.add(support.count(g), g.exp(g.input("log_shrinkage", Dim.ONE)));
    Node sum = support.total(g, support.residual());
    return g.output("offset", g.div(sum, weight)).build();
  }

  @Override
  public Graph predictGraph() {
    GraphBuilder g = new GraphBuilder("predict");
    Node offset = g.input("offset", Dim.TASKS, Dim.ONE, Dim.ONE);
    ItemUnits query = ItemUnits.of(g, layout(), queries(g));
    return g.output(scores(), g.add(query.base(), g.mul(offset, query.spread()))).build();
  }
}

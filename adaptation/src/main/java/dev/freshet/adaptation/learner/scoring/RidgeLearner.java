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
 * Empirical-Bayes ridge on item factors, in closed form: {@link RidgePosterior}, with the spread
 * that its covariance gives the answers, and
 *
 * <pre>
 * answer = base_q + spread · t_q · mean
 * </pre>
 */
public final class RidgeLearner extends ItemLearner {
  /** σ² and δ², before any training. */
  public static final Setting NOISE =
      new Setting("noise", 1e-3, 1e3, 0.6, "Variance of a rating around its user's taste.");

  /** p of the offset. */
  public static final Setting OFFSET_PRECISION =
      new Setting("offsetPrecision", 1e-3, 1e6, 3, "Precision of the prior of a user's offset.");

  /** p of the factors. */
  public static final Setting TASTE_PRECISION =
      new Setting("tastePrecision", 1e-3, 1e6, 1, "Precision of the prior of a user's tastes.");

  /** All that can be set. Variances are in units of the ratings' spread. */
  public static final List<Setting> SETTINGS =
      List.of(
          NOISE,
          OFFSET_PRECISION,
          TASTE_PRECISION,
          ItemUnits.CENTRE_SETTING,
          ItemUnits.SPREAD_SETTING);

  /**
   * With settings of its own.
   *
   * @param head whose scores are its answers
   * @param settings made from {@link #SETTINGS}
   */
  public RidgeLearner(ItemLayout layout, Settings settings, String head) {
    super("ridge", layout, settings, Head.scoring(head));
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    RatedRows.initialize(
        tensors, setting(ItemUnits.CENTRE_SETTING), setting(ItemUnits.SPREAD_SETTING));
    RidgePosterior.initialize(
        tensors, layout(), setting(NOISE), setting(OFFSET_PRECISION), setting(TASTE_PRECISION));
    return tensors;
  }

  @Override
  public Graph adaptGraph() {
    GraphBuilder g = new GraphBuilder("adapt");
    RatedRows support = RatedRows.declare(g, layout());
    RidgePosterior posterior = RidgePosterior.of(g, layout(), support);
    return g.output("user", posterior.mean()).output(RidgePosterior.ROOT, posterior.root()).build();
  }

  @Override
  public Graph predictGraph() {
    GraphBuilder g = new GraphBuilder("predict");
    Node user = g.input("user", Dim.TASKS, Dim.of(layout().ratingFactors() + 1), Dim.ONE);
    ItemUnits query = ItemUnits.of(g, layout(), queries(g));
    Node liking = g.matMul(query.taste(), user);
    return g.output(scores(), g.add(query.base(), g.mul(liking, query.spread())))
        .output(spread(), RidgePosterior.spread(g, query, RidgePosterior.rootInput(g, layout())))
        .build();
  }
}

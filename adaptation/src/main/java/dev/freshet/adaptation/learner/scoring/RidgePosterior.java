package dev.freshet.adaptation.learner.scoring;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Arrays;
import java.util.SortedMap;

/**
 * What a user's ratings say of the user, in closed form: the posterior of Bayesian linear
 * regression on the item factors (Bishop: Pattern Recognition and Machine Learning, 2006, 3.49 to
 * 3.51), the prior learned from all users: empirical Bayes.
 *
 * <pre>
 * r_i = t_i · u + noise      t_i = (1, factors of item i)      u ~ N(m, diag(p)⁻¹)
 * w_i = 1 / (σ² + δ² / (1 + n_i))          the fewer ratings an item has, the less its base is worth
 * A = Σ w_i t_i t_iᵀ + diag(p)      A mean = Σ w_i r_i t_i + p m      u | ratings ~ N(mean, A⁻¹)
 * </pre>
 *
 * @param mean of u, [tasks, 1 + r, 1]
 * @param root L⁻¹, where A = L Lᵀ, [tasks, 1 + r, 1 + r]
 */
record RidgePosterior(Node mean, Node root) {
  /** Name of the task parameter. */
  static final String ROOT = "root";

  private static final String LOG_NOISE = "log_noise";
  private static final String LOG_DOUBT = "log_doubt";
  private static final String LOG_PRECISION = "log_precision";
  private static final String PRIOR_MEAN = "prior_mean";

  /** The prior before any training. */
  static void initialize(
      SortedMap<String, Tensor> tensors,
      ItemLayout layout,
      double noise,
      double offsetPrecision,
      double tastePrecision) {
    float[] precision = new float[layout.ratingFactors() + 1];
    Arrays.fill(precision, (float) Math.log(tastePrecision));
    precision[0] = (float) Math.log(offsetPrecision);
    tensors.put(LOG_NOISE, Tensor.vector((float) Math.log(noise)));
    tensors.put(LOG_DOUBT, Tensor.vector((float) Math.log(noise)));
    tensors.put(LOG_PRECISION, Tensor.vector(precision));
    tensors.put(PRIOR_MEAN, Tensor.full(Shape.of(precision.length), 0f));
  }

  /** Writes it. */
  static RidgePosterior of(GraphBuilder g, ItemLayout layout, RatedRows support) {
    int unknowns = layout.ratingFactors() + 1;
    Node noise = g.exp(g.input(LOG_NOISE, Dim.ONE));
    Node doubt = g.exp(g.input(LOG_DOUBT, Dim.ONE));
    Node precision = g.exp(g.input(LOG_PRECISION, Dim.of(unknowns)));
    Node priorMean = g.input(PRIOR_MEAN, Dim.of(unknowns));

    Node rarity = g.exp(g.neg(support.rows().logCount()));
    Node weight = g.div(support.mask(), g.add(noise, g.mul(doubt, rarity)));
    Node taste = support.rows().taste();
    Node weighted = g.mul(taste, weight);
    Node information = g.fusedMatMul(taste, true, weighted, false, 1f);
    Node identity = g.constant(identity(unknowns));
    Node matrix = g.add(information, g.mul(identity, precision));
    Node pull = g.fusedMatMul(weighted, true, support.residual(), false, 1f);
    Node prior = g.unsqueeze(g.mul(precision, priorMean), 1);
    Node root = InverseRoot.of(g, matrix, identity, unknowns);
    Node half = g.matMul(root, g.add(pull, prior));
    return new RidgePosterior(g.fusedMatMul(root, true, half, false, 1f), root);
  }

  /**
   * Writes the spread of scores, of which a query's row is spread · t_q L⁻ᵀ.
   *
   * @param root {@link #root}, as a task parameter
   * @return [tasks, queries, 1 + r]
   */
  static Node spread(GraphBuilder g, ItemUnits query, Node root) {
    return g.mul(g.fusedMatMul(query.taste(), false, root, true, 1f), query.spread());
  }

  /** Declares {@link #root} as a predict graph has it. */
  static Node rootInput(GraphBuilder g, ItemLayout layout) {
    Dim unknowns = Dim.of(layout.ratingFactors() + 1);
    return g.input(ROOT, Dim.TASKS, unknowns, unknowns);
  }

  private static Tensor identity(int size) {
    float[] values = new float[size * size];
    for (int i = 0; i < size; i++) {
      values[i * (size + 1)] = 1f;
    }
    return Tensor.of(Shape.of(size, size), values);
  }
}

package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import java.util.HashMap;
import java.util.Map;

/**
 * A step of nonlinear conjugate gradients for {@link MapDescent}, over A, a combination of rows
 * whose products K are the metric (a linear system is {@link ConjugateGradients}' business).
 *
 * <pre>
 * r = A + u softmax(K A + b) − target                            the gradient
 * d ← β d − r,   β = min(⟨r − r', K r⟩⁺, ⟨r, K r⟩) / ⟨r', K r'⟩      r' the one before
 * λ = −⟨r, K d⟩ / (⟨d, K d⟩ + Σ_i u_i (Σ_k p_k (K d)²_ik − (Σ_k p_k (K d)_ik)²))
 * A ← A + λ d / (1 + |λ| M / 2),   M = max_i (max_k (K d)_ik − min_k (K d)_ik)
 * </pre>
 *
 * <p>β is the lesser of Polak and Ribière's (1969) and Fletcher and Reeves's (1964), as Gilbert and
 * Nocedal have it (Global Convergence Properties of Conjugate Gradient Methods, SIAM J. Optim.
 * 1992). λ is Newton's length (Minka: A comparison of numerical optimizers for logistic regression,
 * 2003). Where softmax is saturated there is next to no curvature, and Newton's step goes far
 * astray: a label of one example beside hundreds is enough. The loss of a row is self-concordant in
 * its scores (Bach: Self-concordant analysis for logistic regression, EJS 2010), so that any step
 * up to ln(1 + λ M) / M descends, and λ / (1 + λ M / 2) is less.
 *
 * <p>K d is carried on beside d, and K A beside A, so that a step has one product, K r.
 */
final class ConjugateStep {
  /** Rows, padding not included, for which a task has one step. */
  private static final int ROWS_A_STEP = 16;

  /** So that no task takes long. */
  private static final int STEPS_MAX = 60;

  /**
   * Of ⟨r, K r⟩: what is below is rounding, and no direction is gone on with. Of the curvature,
   * what is divided by at least.
   */
  private static final float TINY = 1e-12f;

  private static final String COMBINATION = "combination";
  private static final String SCORES = "scores";
  private static final String DIRECTION = "direction";
  private static final String SCORES_AHEAD = "scores-ahead";
  private static final String RESIDUAL = "residual";
  private static final String LENGTH = "length";
  private static final String ROWS = "rows";
  private static final String PRODUCTS = "products";
  private static final String WEIGHTS = "weights";
  private static final String TARGET = "target";
  private static final String BIASES = "biases";

  private static final Graph GRAPH = graph();

  private ConjugateStep() {}

  /**
   * Steps, one for every {@value #ROWS_A_STEP} rows, at most {@value #STEPS_MAX}. The call makes as
   * many as its padded size has room for, of which a task takes its own: padding changes nothing.
   *
   * @param combination A at first, [tasks, support, ways]
   * @param products K, [tasks, support, support]
   * @param weights u, zero for padding and for ways without rows, [tasks, support, ways]
   * @param target where the gradient is zero but for softmax's part, [tasks, support, ways]
   * @param biases b, [tasks, support, ways]
   * @param rows how many there are, [tasks, 1, 1]
   * @return A at the end
   */
  static Node repeated(
      GraphBuilder g,
      Node combination,
      Node products,
      Node weights,
      Node target,
      Node biases,
      Node rows) {
    Node none = g.mul(combination, g.constant(0f));
    Map<String, Node> values = new HashMap<>();
    values.put(COMBINATION, combination);
    values.put(SCORES, g.matMul(products, combination));
    values.put(DIRECTION, none);
    values.put(SCORES_AHEAD, none);
    values.put(RESIDUAL, none);
    values.put(LENGTH, dot(g, none, none));
    values.put(ROWS, rows);
    values.put(PRODUCTS, products);
    values.put(WEIGHTS, weights);
    values.put(TARGET, target);
    values.put(BIASES, biases);
    return g.repeat(GRAPH, ROWS_A_STEP, STEPS_MAX, values);
  }

  private static Graph graph() {
    GraphBuilder g = new GraphBuilder("conjugate-step");
    Node combination = ofRows(g, COMBINATION);
    Node scores = ofRows(g, SCORES);
    Node direction = ofRows(g, DIRECTION);
    Node scoresAhead = ofRows(g, SCORES_AHEAD);
    Node residualBefore = ofRows(g, RESIDUAL);
    Node lengthBefore = g.input(LENGTH, Dim.TASKS, Dim.ONE, Dim.ONE);
    Node rows = g.input(ROWS, Dim.TASKS, Dim.ONE, Dim.ONE);
    Node products = g.input(PRODUCTS, Dim.TASKS, Dim.SUPPORT, Dim.SUPPORT);
    Node weights = ofRows(g, WEIGHTS);
    Node target = ofRows(g, TARGET);
    Node biases = ofRows(g, BIASES);

    Node likely = g.softmax(g.add(scores, biases));
    Node residual = g.sub(g.add(combination, g.mul(weights, likely)), target);
    Node image = g.matMul(products, residual);
    Node length = g.relu(dot(g, residual, image));
    Node beta = beta(g, length, dot(g, g.sub(residual, residualBefore), image), lengthBefore);
    Node onward = g.sub(g.mul(direction, beta), residual);
    Node ahead = g.sub(g.mul(scoresAhead, beta), image);

    Node expected = g.mul(likely, ahead);
    Node spread = g.sub(expected, g.mul(likely, g.sum(expected, -1)));
    Node curvature = dot(g, ahead, g.add(onward, g.mul(weights, spread)));
    Node slope = g.neg(dot(g, residual, ahead));
    Node newton = g.div(slope, g.max(curvature, g.constant(TINY)));
    Node rowsLeft = g.sub(rows, g.constant((float) ROWS_A_STEP));
    Node stillIts = g.step(g.add(rowsLeft, g.constant(0.5f)));
    Node isRow = g.step(g.reduceMax(weights));
    Node step = g.mul(damped(g, newton, g.mul(ahead, isRow)), stillIts);
    return g.output("next-combination", g.add(combination, g.mul(onward, step)))
        .output("next-scores", g.add(scores, g.mul(ahead, step)))
        .output("next-direction", onward)
        .output("next-scores-ahead", ahead)
        .output("next-residual", residual)
        .output("next-length", length)
        .output("next-rows", rowsLeft)
        .build();
  }

  /** All [tasks, 1, 1]. */
  private static Node beta(GraphBuilder g, Node length, Node turn, Node lengthBefore) {
    Node lesser = g.neg(g.max(g.neg(g.relu(turn)), g.neg(length)));
    Node known = g.step(g.sub(lengthBefore, g.constant(TINY)));
    return g.mul(g.div(lesser, g.max(lengthBefore, g.constant(TINY))), known);
  }

  /**
   * [tasks, 1, 1]. A way without rows has nothing ahead, which is between others' most and least.
   *
   * @param ahead zero for padding, whose products are not where the bias is a feature
   */
  private static Node damped(GraphBuilder g, Node newton, Node ahead) {
    Node range = g.add(g.reduceMax(ahead), g.reduceMax(g.neg(ahead)));
    Node most = g.reduceMax(g.unsqueeze(g.squeeze(range, 2), 1));
    Node length = g.max(newton, g.neg(newton));
    Node half = g.mul(g.mul(length, most), g.constant(0.5f));
    return g.div(newton, g.add(half, g.constant(1f)));
  }

  private static Node ofRows(GraphBuilder g, String name) {
    return g.input(name, Dim.TASKS, Dim.SUPPORT, Dim.WAYS);
  }

  /** [tasks, 1, 1]. */
  private static Node dot(GraphBuilder g, Node a, Node b) {
    return g.sum(g.sum(g.mul(a, b), -1), -2);
  }
}

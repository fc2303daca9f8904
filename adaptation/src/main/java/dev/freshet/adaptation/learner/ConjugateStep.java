package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;

/**
 * A step of {@link MapDescent#refined}: what it takes and gives, in their order, over A, a
 * combination of rows whose weights are Aᵀ x, with the rows' products K as metric.
 *
 * <pre>
 * r  = A + u softmax(K A + b) − target          the gradient
 * β  = ⟨r − r', K r⟩⁺ / ⟨r', K r'⟩              r' the one before
 * d  = β d − r
 * A += λ d,   λ = −⟨r, K d⟩ / (⟨d, K d⟩ + Σ_i u_i (Σ_k p_k (K d)²_ik − (Σ_k p_k (K d)_ik)²))
 * </pre>
 *
 * <p>K d is carried on beside d, and K A beside A, so that a step has one product, K r.
 */
final class ConjugateStep {
  /** What is below is nothing: at the optimum a step is none, and not nothing by nothing. */
  private static final float TINY = 1e-12f;

  static final Graph GRAPH = graph();

  private ConjugateStep() {}

  private static Graph graph() {
    GraphBuilder g = new GraphBuilder("conjugate-step");
    Node combination = rows(g, "combination");
    Node scores = rows(g, "scores");
    Node direction = rows(g, "direction");
    Node scoresAhead = rows(g, "scores-ahead");
    Node residualBefore = rows(g, "residual-before");
    Node lengthBefore = g.input("length-before", Dim.TASKS, Dim.ONE, Dim.ONE);
    Node products = g.input("products", Dim.TASKS, Dim.SUPPORT, Dim.SUPPORT);
    Node losses = rows(g, "losses");
    Node target = rows(g, "target");
    Node biases = rows(g, "biases");

    Node tiny = g.constant(TINY);
    Node likely = g.softmax(g.add(scores, biases));
    Node residual = g.sub(g.add(combination, g.mul(losses, likely)), target);
    Node image = g.matMul(products, residual);
    Node length = dot(g, residual, image);
    Node turn = g.relu(dot(g, g.sub(residual, residualBefore), image));
    Node beta = g.div(turn, g.max(lengthBefore, tiny));
    Node onward = g.sub(g.mul(direction, beta), residual);
    Node ahead = g.sub(g.mul(scoresAhead, beta), image);

    Node expected = g.mul(likely, ahead);
    Node spread = g.sub(expected, g.mul(likely, g.sum(expected, -1)));
    Node curvature = dot(g, ahead, g.add(onward, g.mul(losses, spread)));
    Node step = g.div(dot(g, residual, ahead), g.max(curvature, tiny));
    return g.output("next-combination", g.sub(combination, g.mul(onward, step)))
        .output("next-scores", g.sub(scores, g.mul(ahead, step)))
        .output("next-direction", onward)
        .output("next-scores-ahead", ahead)
        .output("next-residual", residual)
        .output("next-length", length)
        .build();
  }

  private static Node rows(GraphBuilder g, String name) {
    return g.input(name, Dim.TASKS, Dim.SUPPORT, Dim.WAYS);
  }

  /** [tasks, 1, 1]. */
  private static Node dot(GraphBuilder g, Node a, Node b) {
    return g.sum(g.sum(g.mul(a, b), -1), -2);
  }
}

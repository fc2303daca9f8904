package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;

/**
 * X with M X = B, for symmetric positive definite M, by a fixed number of conjugate-gradient steps
 * (Hestenes, Stiefel 1952), each column of B for itself. There is no inverse in ONNX; these are
 * products only, and zero rows and columns of padding stay zero.
 */
public final class ConjugateGradients {
  /** A column that is solved divides zero by this. */
  private static final float TINY = 1e-30f;

  private ConjugateGradients() {}

  /**
   * Writes the steps.
   *
   * @param matrix M without its diagonal part, [tasks, n, n]
   * @param diagonal what M has on its diagonal besides, [1]
   * @param right B, [tasks, n, columns]
   */
  public static Node solve(GraphBuilder g, Node matrix, Node diagonal, Node right, int steps) {
    Node tiny = g.constant(TINY);
    Node residual = right;
    Node direction = right;
    Node square = squares(g, right, right);
    Node solution = g.mul(right, g.constant(0f));
    for (int step = 0; step < steps; step++) {
      Node image = g.add(g.matMul(matrix, direction), g.mul(direction, diagonal));
      Node length = g.div(square, g.max(squares(g, direction, image), tiny));
      solution = g.add(solution, g.mul(direction, length));
      if (step < steps - 1) {
        residual = g.sub(residual, g.mul(image, length));
        Node next = squares(g, residual, residual);
        Node turn = g.div(next, g.max(square, tiny));
        direction = g.add(residual, g.mul(direction, turn));
        square = next;
      }
    }
    return solution;
  }

  private static Node squares(GraphBuilder g, Node a, Node b) {
    return g.sum(g.mul(a, b), -2);
  }
}

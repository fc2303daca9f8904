package dev.freshet.adaptation.learner.scoring;

import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;

/**
 * L⁻¹ of a symmetric positive definite A = L Lᵀ, by Gaussian elimination of [A | 1] with every
 * pivot's row over the root of its pivot: what is left on the right is L⁻¹ (Golub and Van Loan:
 * Matrix Computations, 4th edition, 2013, 4.2). A row at a time for all tasks at once, it is a
 * dozen operations for each unknown.
 *
 * <pre>
 * A x = b   has the solution   L⁻ᵀ L⁻¹ b,   and L⁻ᵀ z has the covariance A⁻¹
 * </pre>
 */
final class InverseRoot {
  private InverseRoot() {}

  /**
   * Writes the elimination.
   *
   * @param matrix A, [tasks, size, size]
   * @param identity [size, size]
   * @return L⁻¹, [tasks, size, size], zero above its diagonal
   */
  static Node of(GraphBuilder g, Node matrix, Node identity, int size) {
    Node ones = g.add(g.mul(matrix, g.constant(0f)), identity);
    Node left = g.concat(2, matrix, ones);
    Node[] rows = new Node[size];
    for (int j = 0; j < size; j++) {
      int remaining = size - j;
      int columns = remaining + size;
      Node first = g.slice(left, 1, 0, 1);
      Node root = g.sqrt(g.slice(first, 2, 0, 1));
      Node row = g.div(g.slice(first, 2, 1, columns), root);
      rows[j] = remaining == 1 ? row : g.slice(row, 2, remaining - 1, columns - 1);
      if (remaining > 1) {
        Node others = g.slice(left, 1, 1, remaining);
        Node factor = g.div(g.slice(others, 2, 0, 1), root);
        left = g.sub(g.slice(others, 2, 1, columns), g.mul(factor, row));
      }
    }
    return g.concat(1, rows);
  }
}

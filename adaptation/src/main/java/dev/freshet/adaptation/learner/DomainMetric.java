package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.SortedMap;

/**
 * The metric I + V diag(γ) Vᵀ: what tells labels of a domain apart counts more, what does not,
 * less. Between domains such a metric does not transfer, so an initialisation begins with γ = 0; it
 * is what a refresh learns from the tasks of one domain.
 *
 * @param directions V, orthonormal columns, [features, rank]
 * @param gains γ, above −1, 0 for a direction that counts as it did, [rank]
 */
public record DomainMetric(Tensor directions, Tensor gains) {
  /** Columns of V. */
  static final Setting RANK =
      new Setting("rank", 2, 1024, 32, "Directions that a domain's metric stretches or shortens.");

  /** Name of V among the tensors of an initialisation. */
  public static final String DIRECTIONS = "domain_directions";

  /** Name of γ. */
  public static final String GAINS = "domain_gains";

  public DomainMetric {
    Shape shape = directions.shape();
    if (shape.rank() != 2 || !gains.shape().equals(Shape.of(shape.size(1)))) {
      throw new IllegalArgumentException(
          "Directions have shape %s and gains %s, expected [features, rank] and [rank]."
              .formatted(shape, gains.shape()));
    }
    for (float gain : gains.toArray()) {
      if (!(gain > -1)) {
        throw new IllegalArgumentException(
            "A gain is %s, expected above -1: lengths would be negative.".formatted(gain));
      }
    }
  }

  /** A metric that changes nothing. */
  public static DomainMetric none(int features, int rank) {
    return new DomainMetric(
        Tensor.full(Shape.of(features, rank), 0f), Tensor.full(Shape.of(rank), 0f));
  }

  static boolean isPartOfOne(String tensor) {
    return tensor.equals(DIRECTIONS) || tensor.equals(GAINS);
  }

  void initialize(SortedMap<String, Tensor> tensors) {
    tensors.put(DIRECTIONS, directions);
    tensors.put(GAINS, gains);
  }

  /** Declares V and γ, and measures the rows by them. */
  static Rows rows(GraphBuilder g, Node x, int rank) {
    Node directions = g.input(DIRECTIONS, x.shape().dim(-1), Dim.of(rank));
    Node along = g.matMul(x, directions);
    Node scaled = g.mul(along, g.input(GAINS, Dim.of(rank)));
    Node products =
        g.add(g.fusedMatMul(x, false, x, true, 1f), g.fusedMatMul(scaled, false, along, true, 1f));
    Node extra = g.squeeze(g.sum(g.mul(scaled, along), -1), 2);
    return new Rows(x, directions, scaled, products, extra);
  }

  /**
   * Rows in the metric.
   *
   * @param scaled γ Vᵀ x, [tasks, support, rank]
   * @param products ⟨x_i, x_j⟩, [tasks, support, support]
   * @param extra ⟨x_i, x_i⟩ − |x_i|², [tasks, support]
   */
  record Rows(Node x, Node directions, Node scaled, Node products, Node extra) {
    /**
     * The weights that score as combinations of rows do, for plain products with a query.
     *
     * @param combination A, [tasks, support, ways]
     * @return [tasks, ways, features]
     */
    Node combine(GraphBuilder g, Node combination) {
      Node stretched = g.fusedMatMul(combination, true, scaled, false, 1f);
      return g.add(
          g.fusedMatMul(combination, true, x, false, 1f),
          g.fusedMatMul(stretched, false, directions, true, 1f));
    }
  }
}

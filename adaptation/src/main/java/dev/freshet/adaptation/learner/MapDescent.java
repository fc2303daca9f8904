package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;

/**
 * Steps to the optimum that {@link LogisticLearner} describes, over a combination A of rows,
 * [tasks, support, ways]. The step solves (I + U/2 (D + a aᵀ)) Δ = A − start + U (softmax − y), U
 * the losses' weights, D the row sums of |K − a aᵀ|, which is never too long: K − a aᵀ is positive
 * semi-definite, being what is left of the rows' products once the weighted mean is taken out, and
 * is at most the diagonal of its absolute row sums.
 *
 * <p>Nesterov's steps (1983) go on by k / (k + 3) of the last. Where there are many, less is more:
 * they overshoot and come back, and k / (k + 4) is closer to the optimum after some forty (Su,
 * Boyd, Candès: A Differential Equation for Modeling Nesterov's Accelerated Gradient Method, JMLR
 * 2016). {@link #refined} goes on where tasks are large.
 */
final class MapDescent {
  private static final float LENGTH_MIN = 1e-12f;

  /**
   * How much longer than what the bound on the curvature allows a step is. Accelerated steps are
   * stable below 4/3 of it, and part of the bound is exact: with 1.5 one row under several labels
   * diverged.
   */
  private static final float REACH = 1.3f;

  private final GraphBuilder g;
  private final Node products;
  private final Node losses;
  private final Node bias;
  private final Node inverse;
  private final Node mean;
  private final Node curvature;
  private final Node share;

  /**
   * Prepares the step.
   *
   * @param products K, [tasks, support, support]
   * @param losses U, [tasks, support, 1], zero for padding
   * @param bias added to each row's logits, [tasks, 1, ways]
   */
  MapDescent(GraphBuilder g, Node products, Node losses, Node bias) {
    this.g = g;
    this.products = products;
    this.losses = losses;
    this.bias = bias;
    Node half = g.mul(losses, g.constant(0.5f));
    Node toMean = g.sum(g.mul(products, row(losses)), -1);
    Node length = g.max(g.sum(g.mul(losses, toMean), -2), g.constant(LENGTH_MIN));
    this.mean = g.div(toMean, g.sqrt(length));
    // u times a row of K - a aT is nothing, so that what is above nothing is half of |K - a aT| u.
    Node rest = g.add(products, g.fusedMatMul(mean, false, mean, true, -1f));
    Node bound = g.sum(g.mul(g.relu(rest), row(losses)), -1);
    this.inverse = g.div(g.constant(REACH), g.add(bound, g.constant(1f)));
    this.curvature = g.mul(half, mean);
    Node scaled = g.mul(mean, inverse);
    Node denominator = g.add(g.sum(g.mul(scaled, curvature), -2), g.constant(1f));
    this.share = g.div(scaled, denominator);
  }

  /** Columns of one, rows of the other. */
  private Node row(Node column) {
    return g.unsqueeze(g.squeeze(column, 2), 1);
  }

  /**
   * Unrolls the steps.
   *
   * @param prior its mean
   * @param start where the steps begin
   * @param y [tasks, support, ways]
   * @param present 1 where a way has rows, [tasks, 1, ways]
   * @param delay r, at least 3: the part of the last step that is gone on with is k / (k + r)
   */
  Node run(Node prior, Node start, Node y, Node present, int steps, double delay) {
    // Nearly all that adapting costs is here: as few passes as can be, and each over two operands
    // of one shape, because ONNX Runtime is several times slower where it has to stretch one.
    Node biases = biases(y);
    Node weights = g.mul(losses, present);
    Node lengths = g.mul(inverse, present);
    Node target = target(prior, y);
    Node curved = g.mul(inverse, curvature);
    Node shareRow = row(share);
    Node before = start;
    Node ahead = start;
    for (int step = 0; step < steps; step++) {
      Node likely = g.softmax(g.add(g.matMul(products, ahead), biases));
      Node gradient = g.sub(g.add(ahead, g.mul(weights, likely)), target);
      Node straight = g.sub(ahead, g.mul(lengths, gradient));
      Node now = g.add(straight, g.matMul(curved, g.matMul(shareRow, gradient)));
      float onward = (float) (step / (step + delay));
      ahead = onward == 0 ? now : g.add(now, g.mul(g.sub(now, before), g.constant(onward)));
      before = now;
    }
    return before;
  }

  /**
   * Goes on from a combination, the longer the more rows there are, by {@link ConjugateStep}. Such
   * a step knows the curvature where those before have its bound; it takes more passes, but no
   * product more, and in large tasks products take nearly all the time.
   *
   * @param prior its mean
   * @param combination where to go on, [tasks, support, ways]
   * @param y [tasks, support, ways]
   * @param present 1 where a way has rows, [tasks, 1, ways]
   */
  Node refined(Node prior, Node combination, Node y, Node present) {
    Node rows = g.sum(g.step(losses), -2);
    return ConjugateStep.repeated(
        g, combination, products, g.mul(losses, present), target(prior, y), biases(y), rows);
  }

  private Node biases(Node y) {
    return g.add(g.mul(y, g.constant(0f)), bias);
  }

  private Node target(Node prior, Node y) {
    return g.add(prior, g.mul(losses, y));
  }
}

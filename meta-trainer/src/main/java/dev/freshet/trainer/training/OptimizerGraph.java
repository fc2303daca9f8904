package dev.freshet.trainer.training;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.MetaGradient;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adam (Kingma, Ba: Adam: A Method for Stochastic Optimization, ICLR 2015) as a graph, with the
 * gradient shortened first (Pascanu, Mikolov, Bengio: On the difficulty of training recurrent
 * neural networks, ICML 2013, algorithm 1) and in the coordinates c of {@link TensorKind}.
 *
 * <pre>
 * g ← (Σ over tasks of gradient / tasks) dx/dc          g ← g min(1, longest / |g|)
 * m ← β₁ m + (1 − β₁) g                                 v ← β₂ v + (1 − β₂) g²
 * c ← c − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
 *
 * in   coordinate_, mean_, square_ of each learned tensor; what depends on the step as numbers:
 *      task_share (1 / tasks), norm_max, number_rate, weight_rate, mean_scale (1 / (1 − β₁ᵗ)),
 *      square_scale (1 / (1 − β₂ᵗ))
 * out  next_coordinate_, next_mean_, next_square_, gradient_norm (before it is shortened)
 * </pre>
 *
 * <p>β₂ is 0.99, not 0.999: training takes hundreds of steps, not tens of thousands.
 */
final class OptimizerGraph {
  static final String COORDINATE = "coordinate_";
  static final String MEAN = "mean_";
  static final String SQUARE = "square_";
  static final String NEXT = "next_";
  static final String TASK_SHARE = "task_share";
  static final String NORM_MAX = "norm_max";
  static final String NUMBER_RATE = "number_rate";
  static final String WEIGHT_RATE = "weight_rate";
  static final String MEAN_SCALE = "mean_scale";
  static final String SQUARE_SCALE = "square_scale";
  static final String GRADIENT_NORM = "gradient_norm";

  static final double MEAN_KEPT = 0.9;
  static final double SQUARE_KEPT = 0.99;
  static final float EPSILON = 1e-10f;

  /** Keeps the quotient of a gradient of zero finite. */
  private static final float NORM_MIN = 1e-30f;

  private final GraphBuilder g;
  private final Map<String, Node> coordinates = new LinkedHashMap<>();
  private final Map<String, Node> values = new LinkedHashMap<>();

  private OptimizerGraph(String name, MetaParameters parameters) {
    this.g = new GraphBuilder(name);
    for (String tensor : parameters.learned()) {
      Node coordinate = g.input(COORDINATE + tensor, dims(parameters, tensor));
      coordinates.put(tensor, coordinate);
      values.put(tensor, value(TensorKind.of(tensor), coordinate));
    }
  }

  /** A move along gradients that are given, as {@code gradient_}. */
  static Graph move(MetaParameters parameters) {
    OptimizerGraph graph = new OptimizerGraph("move", parameters);
    Map<String, Node> gradients = new LinkedHashMap<>();
    for (String tensor : parameters.learned()) {
      String name = MetaGradient.gradient(tensor);
      gradients.put(tensor, graph.g.input(name, dims(parameters, tensor)));
    }
    return graph.moved(gradients);
  }

  /**
   * A whole step: {@link MetaGradient}'s graph, at the values of the coordinates, and the move that
   * follows. Gives its losses and scores as well.
   */
  static Graph step(Learner learner, MetaParameters parameters) {
    OptimizerGraph graph = new OptimizerGraph("step", parameters);
    Graph outer = MetaGradient.graph(learner, learner.defaultHeads().get(0), parameters.learned());
    Map<String, Node> inputs = new TreeMap<>(graph.values);
    outer
        .inputs()
        .forEach(
            (name, node) ->
                inputs.computeIfAbsent(
                    name, unused -> graph.g.input(name, node.shape().dims().toArray(new Dim[0]))));
    Map<String, Node> results = graph.g.inline(outer, inputs);
    Map<String, Node> gradients = new LinkedHashMap<>();
    results.forEach(
        (name, node) -> {
          if (name.equals(MetaGradient.LOSS)) {
            graph.g.output(name, node);
          }
        });
    for (String tensor : parameters.learned()) {
      gradients.put(tensor, found(results, MetaGradient.gradient(tensor)));
    }
    return graph.moved(gradients);
  }

  /** By input, what it is in the next run. */
  static Map<String, String> state(MetaParameters parameters) {
    Map<String, String> state = new TreeMap<>();
    for (String tensor : parameters.learned()) {
      for (String part : new String[] {COORDINATE, MEAN, SQUARE}) {
        state.put(part + tensor, NEXT + part + tensor);
      }
    }
    return state;
  }

  private static Dim[] dims(MetaParameters parameters, String tensor) {
    return GraphShape.of(parameters.shape(tensor)).dims().toArray(new Dim[0]);
  }

  private Node value(TensorKind kind, Node coordinate) {
    return switch (kind) {
      case NUMBER, WEIGHTS, FROZEN -> coordinate;
      case POSITIVE -> g.exp(coordinate);
      case SHARE -> {
        // The logistic function, by what a graph has.
        Node half = g.constant(0.5f);
        yield g.mul(half, g.add(g.constant(1f), g.tanh(g.mul(half, coordinate))));
      }
    };
  }

  private Node slope(TensorKind kind, Node gradient, Node value) {
    return switch (kind) {
      case NUMBER, WEIGHTS, FROZEN -> gradient;
      case POSITIVE -> g.mul(gradient, value);
      case SHARE -> g.mul(gradient, g.mul(value, g.sub(g.constant(1f), value)));
    };
  }

  private Graph moved(Map<String, Node> gradients) {
    Node share = number(TASK_SHARE);
    gradients.replaceAll(
        (tensor, gradient) ->
            slope(TensorKind.of(tensor), g.mul(gradient, share), found(values, tensor)));
    Node norm = norm(gradients);
    // min(1, longest / norm)
    Node quotient = g.div(number(NORM_MAX), g.max(norm, g.constant(NORM_MIN)));
    Node kept = g.neg(g.max(g.neg(quotient), g.constant(-1f)));
    Node numberRate = number(NUMBER_RATE);
    Node weightRate = number(WEIGHT_RATE);
    Node meanScale = number(MEAN_SCALE);
    Node squareScale = number(SQUARE_SCALE);
    gradients.forEach(
        (tensor, gradient) -> {
          boolean weights = TensorKind.of(tensor) == TensorKind.WEIGHTS;
          Node rate = g.mul(weights ? weightRate : numberRate, meanScale);
          move(tensor, g.mul(gradient, kept), rate, squareScale);
        });
    g.output(GRADIENT_NORM, norm);
    return g.build();
  }

  private void move(String tensor, Node gradient, Node rate, Node squareScale) {
    Node coordinate = found(coordinates, tensor);
    Dim[] dims = coordinate.shape().dims().toArray(new Dim[0]);
    Node mean = average(g.input(MEAN + tensor, dims), gradient, MEAN_KEPT);
    Node square = average(g.input(SQUARE + tensor, dims), g.mul(gradient, gradient), SQUARE_KEPT);
    Node deviation = g.add(g.sqrt(g.mul(square, squareScale)), g.constant(EPSILON));
    Node move = g.div(g.mul(mean, rate), deviation);
    g.output(NEXT + COORDINATE + tensor, g.sub(coordinate, move));
    g.output(NEXT + MEAN + tensor, mean);
    g.output(NEXT + SQUARE + tensor, square);
  }

  private Node average(Node before, Node now, double kept) {
    Node old = g.mul(before, g.constant((float) kept));
    return g.add(old, g.mul(now, g.constant((float) (1 - kept))));
  }

  /** Euclidean, over all tensors. */
  private Node norm(Map<String, Node> gradients) {
    Node total = g.constant(Tensor.vector(0f));
    for (Node gradient : gradients.values()) {
      Node sum = g.mul(gradient, gradient);
      while (sum.shape().rank() > 1) {
        sum = g.squeeze(g.sum(sum, 0), 0);
      }
      total = g.add(total, g.sum(sum, 0));
    }
    return g.sqrt(total);
  }

  private Node number(String name) {
    return g.input(name, Dim.ONE);
  }

  private static Node found(Map<String, Node> among, String name) {
    Node node = among.get(name);
    if (node == null) {
      throw new IllegalStateException("No '" + name + "' among " + among.keySet() + ".");
    }
    return node;
  }
}

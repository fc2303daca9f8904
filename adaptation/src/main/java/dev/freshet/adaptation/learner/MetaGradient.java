package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.autodiff.Gradients;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.LazyExpansion;
import dev.freshet.adaptation.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The graph of one outer step: adapts a batch of tasks, asks their queries, and differentiates the
 * loss by the initialisation, through the inner loop.
 *
 * <pre>
 * in   whatever adapting and predicting take: the initialisation, support_…, way_mask, query_x
 *      query_y      [tasks, queries, ways]  one-hot; for numbers [tasks, queries, 1]
 *      query_weight [tasks, queries]        of each query's loss; 0 for padding
 * out  loss         [tasks]                 −log of the true label's probability, or for numbers the
 *                                           squared error; the weighted sum over the queries
 *      scores       [tasks, queries, ways]
 *      gradient_&lt;tensor&gt;                    of the sum over the tasks
 * </pre>
 *
 * <p>The gradient is that of the loss wherever {@link Learner#trainingPredictGraph} is what is
 * served; else of the sum of the parts' losses.
 *
 * <p>Where the learner is trained by {@link OuterGradient#DISPLACEMENT}, the displacement stands in
 * the gradient's place, and is zero for what adapting does not move.
 */
public final class MetaGradient {
  public static final String QUERY_Y = "query_y";
  public static final String QUERY_WEIGHT = "query_weight";
  public static final String LOSS = "loss";
  public static final String SCORES = "scores";

  /** Keeps the loss of a label with the probability 0 finite. */
  private static final float PROBABILITY_MIN = 1e-30f;

  private final Learner learner;
  private final GraphBuilder g = new GraphBuilder("outer");
  private final Map<String, Node> inputs = new LinkedHashMap<>();

  private MetaGradient(Learner learner) {
    this.learner = learner;
  }

  /** Name of the output with the gradient by a tensor of the initialisation. */
  public static String gradient(String tensor) {
    return "gradient_" + tensor;
  }

  /** Of all tensors and the default head. */
  public static Graph graph(Learner learner) {
    return graph(learner, learner.defaultHeads().get(0), learner.initialization().keySet());
  }

  /**
   * Of some tensors.
   *
   * @param head whose scores the loss is of
   * @param trained names of tensors of the initialisation; where there are none, loss and scores
   *     are those of what is served, else of the {@link Learner#trainingGraph() training graph}
   */
  public static Graph graph(Learner learner, String head, Set<String> trained) {
    return new MetaGradient(learner).build(head, new TreeSet<>(trained));
  }

  private Graph build(String head, Set<String> trained) {
    boolean displaced = learner.outerGradient() == OuterGradient.DISPLACEMENT;
    boolean judges = trained.isEmpty();
    Map<String, Node> training = judges ? Map.of() : inline(learner.trainingGraph(), Map.of());
    Map<String, Node> adapted =
        displaced || judges ? inline(learner.adaptGraph(), Map.of()) : training;
    Node scores = scores(learner.predictGraph(), adapted, head);
    Node y = g.input(QUERY_Y, Dim.TASKS, Dim.QUERIES, scores.shape().dim(-1));
    Node weight = g.unsqueeze(g.input(QUERY_WEIGHT, Dim.TASKS, Dim.QUERIES), 1);
    g.output(LOSS, loss(head, scores, y, weight)).output(SCORES, scores);
    Node loss = loss(head, scores(learner.trainingPredictGraph(), adapted, head), y, weight);
    Map<String, Node> tensors = trained(trained);
    List<Node> gradients =
        displaced
            ? displacements(training, tensors)
            : Gradients.of(g, loss, List.copyOf(tensors.values()));
    int i = 0;
    for (String name : tensors.keySet()) {
      g.output(gradient(name), gradients.get(i++));
    }
    return LazyExpansion.of(g.build());
  }

  private Node scores(Graph predict, Map<String, Node> adapted, String head) {
    Node scores = inline(predict, adapted).get(GraphContract.scores(head));
    if (scores == null) {
      throw new IllegalArgumentException(
          "Learner '%s' has no head '%s', expected one of %s."
              .formatted(learner.name(), head, learner.heads()));
    }
    return scores;
  }

  private Map<String, Node> inline(Graph graph, Map<String, Node> parameters) {
    Map<String, Node> values = new LinkedHashMap<>(parameters);
    graph
        .inputs()
        .forEach((name, node) -> values.computeIfAbsent(name, unused -> declare(name, node)));
    return g.inline(graph, values);
  }

  private Node declare(String name, Node like) {
    return inputs.computeIfAbsent(
        name, unused -> g.input(name, like.shape().dims().toArray(new Dim[0])));
  }

  /** [tasks]. */
  private Node loss(String head, Node scores, Node y, Node weight) {
    boolean classifies =
        learner.heads().stream()
            .anyMatch(h -> h.name().equals(head) && h.kind() == Head.Kind.CLASSIFICATION);
    Node losses = classifies ? surprise(scores, y) : squaredError(scores, y);
    return g.squeeze(g.squeeze(g.matMul(weight, losses), 2), 1);
  }

  private Node surprise(Node probabilities, Node y) {
    Node ofLabel = g.sum(g.mul(probabilities, y), -1);
    return g.neg(g.log(g.max(ofLabel, g.constant(PROBABILITY_MIN))));
  }

  private Node squaredError(Node scores, Node y) {
    Node error = g.sub(scores, y);
    return g.sum(g.mul(error, error), -1);
  }

  private Map<String, Node> trained(Set<String> names) {
    Map<String, Node> tensors = new LinkedHashMap<>();
    for (String name : names) {
      Node node = inputs.get(name);
      if (node == null || !learner.initialization().containsKey(name)) {
        throw new IllegalArgumentException(
            "Learner '%s' has no tensor '%s' in its graphs, expected some of %s."
                .formatted(learner.name(), name, learner.initialization().keySet()));
      }
      tensors.put(name, node);
    }
    return tensors;
  }

  private List<Node> displacements(Map<String, Node> training, Map<String, Node> tensors) {
    List<Node> found = new ArrayList<>();
    tensors.forEach(
        (name, node) -> {
          Node moved = training.get(GraphContract.displacement(name));
          found.add(moved == null ? g.expandLike(g.constant(0f), node) : moved);
        });
    return found;
  }
}

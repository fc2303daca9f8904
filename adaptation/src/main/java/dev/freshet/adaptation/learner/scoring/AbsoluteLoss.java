package dev.freshet.adaptation.learner.scoring;

import dev.freshet.adaptation.autodiff.Gradients;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.LazyExpansion;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.learner.Learner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The graph of an outer step of a learner that answers with numbers, by the loss that it is judged
 * by: the absolute error, in the ratings' own unit.
 *
 * <pre>
 * in   whatever adapting and predicting take: the initialisation, support_…, query_x
 *      query_y      [tasks, queries, 1]
 *      query_weight [tasks, queries]      of each query's loss; 0 for padding
 * out  loss         [tasks]               Σ_q weight |score − y|
 *      gradient_&lt;tensor&gt;                of the sum over the tasks
 * </pre>
 */
public final class AbsoluteLoss {
  public static final String QUERY_Y = "query_y";
  public static final String QUERY_WEIGHT = "query_weight";
  public static final String LOSS = "loss";

  private final GraphBuilder g = new GraphBuilder("outer");
  private final Map<String, Node> inputs = new LinkedHashMap<>();

  private AbsoluteLoss() {}

  /** Name of the output with the gradient by a tensor. */
  public static String gradient(String name) {
    return "gradient_" + name;
  }

  /** Of the learner's default head, by all its tensors but centre and spread. */
  public static Graph graph(Learner learner) {
    return new AbsoluteLoss().build(learner);
  }

  /** Names of the tensors that it gives gradients of. */
  public static SortedSet<String> learned(Learner learner) {
    SortedSet<String> names = new TreeSet<>(learner.initialization().keySet());
    names.removeAll(List.of(ItemUnits.CENTRE, ItemUnits.SPREAD));
    return names;
  }

  private Graph build(Learner learner) {
    Map<String, Node> adapted = inline(learner.trainingGraph(), Map.of());
    String head = learner.defaultHeads().get(0);
    Node scores = inline(learner.predictGraph(), adapted).get(GraphContract.scores(head));
    if (scores == null) {
      throw new IllegalArgumentException(
          "Learner '%s' has no scores of head '%s'.".formatted(learner.name(), head));
    }
    Node y = g.input(QUERY_Y, Dim.TASKS, Dim.QUERIES, Dim.ONE);
    Node weight = g.unsqueeze(g.input(QUERY_WEIGHT, Dim.TASKS, Dim.QUERIES), 1);
    Node error = g.sub(scores, y);
    Node size = g.add(g.relu(error), g.relu(g.neg(error)));
    Node loss = g.squeeze(g.squeeze(g.matMul(weight, size), 2), 1);
    g.output(LOSS, loss);
    List<String> names = new ArrayList<>(learned(learner));
    List<Node> wrt = new ArrayList<>();
    for (String name : names) {
      Node input = inputs.get(name);
      if (input == null) {
        throw new IllegalArgumentException(
            "Learner '%s' has a tensor '%s' that its graphs do not take."
                .formatted(learner.name(), name));
      }
      wrt.add(input);
    }
    List<Node> gradients = Gradients.of(g, loss, wrt);
    for (int i = 0; i < names.size(); i++) {
      g.output(gradient(names.get(i)), gradients.get(i));
    }
    return LazyExpansion.of(g.build());
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
}

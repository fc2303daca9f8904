package dev.freshet.adaptation.learner.scoring;

import dev.freshet.adaptation.autodiff.Gradients;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.LazyExpansion;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.learner.GraphContract;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The graph of an outer step of {@link CatalogueSoftmaxLearner}: adapts a batch of users and asks
 * which item comes next.
 *
 * <pre>
 * in   whatever adapting takes
 *      target   [tasks, background]   the share of each item in what the user did next
 *      penalty  [tasks, background]   large where an item is out of question: rated already
 * out  loss     [tasks]               −Σ_j target_j log softmax_j (e_j · v − penalty_j)
 *      gradient_&lt;tensor&gt;            of the sum over the tasks, the background among them
 *      gradient_support_x             the same by the support's rows
 * </pre>
 */
public final class CatalogueLoss {
  public static final String TARGET = "target";
  public static final String PENALTY = "penalty";
  public static final String LOSS = "loss";

  private CatalogueLoss() {}

  /** Name of the output with the gradient by a tensor, or by support_x. */
  public static String gradient(String name) {
    return "gradient_" + name;
  }

  /** Of all tensors that the learner begins with, but for centre and spread. */
  public static Graph graph(CatalogueSoftmaxLearner learner) {
    GraphBuilder g = new GraphBuilder("outer");
    CatalogueSoftmaxLearner.Adapted adapted = learner.adapt(g);
    Node logits = adapted.logits(g);
    Dim background = logits.shape().dim(-1);
    Node target = g.input(TARGET, Dim.TASKS, background);
    Node penalty = g.input(PENALTY, Dim.TASKS, background);
    Node surprise = g.neg(g.mul(target, g.logSoftmax(g.sub(logits, penalty))));
    Node loss = g.squeeze(g.sum(surprise, -1), 1);
    g.output(LOSS, loss);

    Graph soFar = g.build();
    List<Node> wrt = new ArrayList<>();
    List<String> names = new ArrayList<>(learned(learner));
    names.add(GraphContract.SUPPORT_X);
    for (String name : names) {
      Node input = soFar.inputs().get(name);
      if (input == null) {
        throw new IllegalStateException("The inner loop does not take its own '" + name + "'.");
      }
      wrt.add(input);
    }
    List<Node> gradients = Gradients.of(g, loss, wrt);
    for (int i = 0; i < names.size(); i++) {
      g.output(gradient(names.get(i)), gradients.get(i));
    }
    return LazyExpansion.of(g.build());
  }

  /** Names of the tensors that it gives gradients of. */
  public static SortedSet<String> learned(CatalogueSoftmaxLearner learner) {
    SortedSet<String> names = new TreeSet<>(learner.initialization().keySet());
    names.removeAll(List.of(ItemUnits.CENTRE, ItemUnits.SPREAD));
    return names;
  }
}

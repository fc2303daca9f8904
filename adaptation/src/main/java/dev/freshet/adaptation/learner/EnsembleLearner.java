package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The mean of several learners' probabilities (a linear opinion pool: Stone, 1961; for deep nets
 * Lakshminarayanan, Pritzel, Blundell, NeurIPS 2017). Each member is calibrated by its own
 * temperature first; a mean of calibrated answers that err in different ways errs less.
 *
 * <pre>
 * P(k | x) = Σ_m π_m P_m(k | x)        π = softmax of the mixture, meta-learned, even at first
 * </pre>
 *
 * <p>Tensors and task parameters of a member have its name before theirs. Its graphs are the
 * members', one beside the other; what they compute twice, ONNX Runtime computes once.
 */
public final class EnsembleLearner implements Learner {
  static final String NAME = "ensemble";

  /** Between a member's name and that of a setting. */
  static final String OF_MEMBER = ".";

  private static final String MIXTURE = "mixture";

  private final List<Learner> members;

  /**
   * Joins learners, in the order of their names, whatever the order given.
   *
   * @param members at least two, of different names, all of the same features and heads
   */
  public EnsembleLearner(List<Learner> members) {
    this.members = members.stream().sorted(Comparator.comparing(Learner::name)).toList();
    if (members.size() < 2
        || members.stream().map(Learner::name).distinct().count() < members.size()) {
      throw new IllegalArgumentException(
          "An ensemble of %s, expected two learners or more, of different names."
              .formatted(members.stream().map(Learner::name).toList()));
    }
    for (Learner member : members) {
      if (member.features() != features() || !member.heads().equals(heads())) {
        throw new IllegalArgumentException(
            "Member '%s' has %d features and heads %s, expected %d and %s as '%s' has."
                .formatted(
                    member.name(),
                    member.features(),
                    member.heads(),
                    features(),
                    heads(),
                    members.get(0).name()));
      }
    }
  }

  /**
   * Whitened LDA and logistic regression from prototypes: of what was tried, the two whose mean was
   * nowhere beaten by either (see RATIONALE.md).
   */
  public static EnsembleLearner of(int features) {
    return new EnsembleLearner(List.of(new LdaLearner(features), new LogisticLearner(features)));
  }

  @Override
  public String name() {
    return NAME;
  }

  /** The members', each under its member's name. */
  @Override
  public Settings settings() {
    List<Setting> declared = new ArrayList<>();
    for (Learner member : members) {
      member
          .settings()
          .asMap()
          .forEach(
              (name, value) ->
                  declared.add(
                      new Setting(
                          member.name() + OF_MEMBER + name, value, value, value, "Of a member.")));
    }
    return Settings.of(declared, Map.of());
  }

  @Override
  public int features() {
    return members.get(0).features();
  }

  @Override
  public List<Head> heads() {
    return members.get(0).heads();
  }

  @Override
  public List<String> defaultHeads() {
    return members.get(0).defaultHeads();
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    for (Learner member : members) {
      member.initialization().forEach((name, tensor) -> tensors.put(prefix(member) + name, tensor));
    }
    tensors.put(MIXTURE, Tensor.vector(new float[members.size()]));
    return tensors;
  }

  private static String prefix(Learner member) {
    return member.name() + "_";
  }

  @Override
  public Graph adaptGraph() {
    return parameters("adapt", Learner::adaptGraph);
  }

  @Override
  public Graph trainingGraph() {
    for (Learner member : members) {
      if (member.outerGradient() != OuterGradient.OF_QUERY_LOSS) {
        throw new IllegalStateException(
            "Member '%s' is trained by %s, but an ensemble by the queries' loss: train it alone."
                .formatted(member.name(), member.outerGradient()));
      }
    }
    return parameters("training", Learner::trainingGraph);
  }

  private Graph parameters(String name, Function<Learner, Graph> graph) {
    GraphBuilder g = new GraphBuilder(name);
    Map<String, Node> shared = new LinkedHashMap<>();
    for (Learner member : members) {
      inline(g, shared, member, graph.apply(member))
          .forEach((output, node) -> g.output(prefix(member) + output, node));
    }
    return g.build();
  }

  @Override
  public Graph predictGraph() {
    GraphBuilder g = new GraphBuilder("predict");
    Map<String, Node> shared = new LinkedHashMap<>();
    Node weights = g.softmax(g.input(MIXTURE, Dim.of(members.size())));
    Map<String, Node> means = new LinkedHashMap<>();
    for (int i = 0; i < members.size(); i++) {
      Node weight = g.slice(weights, 0, i, i + 1);
      inline(g, shared, members.get(i), members.get(i).predictGraph())
          .forEach((output, node) -> means.merge(output, g.mul(node, weight), g::add));
    }
    means.forEach(g::output);
    return g.build();
  }

  /** Support, queries and masks are everybody's; all else a member's own. */
  private static Map<String, Node> inline(
      GraphBuilder g, Map<String, Node> shared, Learner member, Graph graph) {
    Map<String, Node> values = new LinkedHashMap<>();
    graph
        .inputs()
        .forEach(
            (name, node) -> {
              Dim[] dims = node.shape().dims().toArray(new Dim[0]);
              boolean everybodys = GraphContract.isOfTask(name);
              values.put(
                  name,
                  everybodys
                      ? shared.computeIfAbsent(name, unused -> g.input(name, dims))
                      : g.input(prefix(member) + name, dims));
            });
    return g.inline(graph, values);
  }
}

package dev.freshet.adaptation.learner.scoring;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Setting;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Several learners over one support, each with heads of its own: a rating is asked of one, an order
 * of the catalogue of another. Each is trained alone, for its own loss; here they only share the
 * examples and the call.
 *
 * <p>Tensors and task parameters of a member have its first head's name before theirs; settings its
 * name and a dot.
 */
public final class HeadedLearner implements Learner {
  /** As in manifests. */
  public static final String NAME = "heads";

  private final List<Learner> members;
  private final List<String> defaultHeads;

  /**
   * Joins learners.
   *
   * @param members of the same features, with different heads
   * @param defaultHeads some of their heads
   */
  public HeadedLearner(List<Learner> members, List<String> defaultHeads) {
    this.members = List.copyOf(members);
    this.defaultHeads = List.copyOf(defaultHeads);
    List<String> names = heads().stream().map(Head::name).toList();
    long features = members.stream().map(Learner::features).distinct().count();
    if (features != 1
        || names.stream().distinct().count() < names.size()
        || !names.containsAll(defaultHeads)) {
      throw new IllegalArgumentException(
          "Heads %s, by default %s, of learners with %d different lengths of vector; expected different heads, defaults among them, and one length."
              .formatted(names, defaultHeads, features));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

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
                          firstHead(member) + "." + name, value, value, value, "Of a member.")));
    }
    return Settings.of(declared, Map.of());
  }

  @Override
  public int features() {
    return members.get(0).features();
  }

  @Override
  public List<Head> heads() {
    return members.stream().flatMap(member -> member.heads().stream()).toList();
  }

  @Override
  public List<String> defaultHeads() {
    return defaultHeads;
  }

  private static String firstHead(Learner member) {
    return member.heads().get(0).name();
  }

  private static String prefix(Learner member) {
    return firstHead(member) + "_";
  }

  @Override
  public SortedMap<String, Tensor> initialization() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    for (Learner member : members) {
      member.initialization().forEach((name, tensor) -> tensors.put(prefix(member) + name, tensor));
    }
    return tensors;
  }

  @Override
  public Graph adaptGraph() {
    GraphBuilder g = new GraphBuilder("adapt");
    Map<String, Node> shared = new LinkedHashMap<>();
    for (Learner member : members) {
      inline(g, shared, member, member.adaptGraph())
          .forEach((output, node) -> g.output(prefix(member) + output, node));
    }
    return g.build();
  }

  /** Each head's scores are its member's. */
  @Override
  public Graph predictGraph() {
    GraphBuilder g = new GraphBuilder("predict");
    Map<String, Node> shared = new LinkedHashMap<>();
    for (Learner member : members) {
      inline(g, shared, member, member.predictGraph()).forEach(g::output);
    }
    return g.build();
  }

  /** Support and queries are everybody's; all else a member's own. */
  private static Map<String, Node> inline(
      GraphBuilder g, Map<String, Node> shared, Learner member, Graph graph) {
    Map<String, Node> values = new LinkedHashMap<>();
    graph
        .inputs()
        .forEach(
            (name, node) -> {
              Dim[] dims = node.shape().dims().toArray(new Dim[0]);
              values.put(
                  name,
                  GraphContract.isOfTask(name)
                      ? shared.computeIfAbsent(name, unused -> g.input(name, dims))
                      : g.input(prefix(member) + name, dims));
            });
    return g.inline(graph, values);
  }
}

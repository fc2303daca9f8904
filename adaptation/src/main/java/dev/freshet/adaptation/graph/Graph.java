package dev.freshet.adaptation.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Named outputs as functions of named inputs. Made by {@link GraphBuilder}. */
public final class Graph {
  private final String name;
  private final Map<String, Node> inputs;
  private final Map<String, Node> outputs;
  private final List<Node> nodes;

  Graph(String name, Map<String, Node> inputs, Map<String, Node> outputs) {
    this.name = name;
    this.inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    this.outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    Set<Node> ordered = new LinkedHashSet<>(inputs.values());
    outputs.values().forEach(output -> visit(output, ordered));
    this.nodes = List.copyOf(ordered);
  }

  public String name() {
    return name;
  }

  /** In the order they were declared. */
  public Map<String, Node> inputs() {
    return inputs;
  }

  /** In the order they were declared. */
  public Map<String, Node> outputs() {
    return outputs;
  }

  /** All inputs, then whatever the outputs need, each after what it needs itself. */
  public List<Node> nodes() {
    return nodes;
  }

  /** A node and whatever it needs, each after what it needs itself. */
  public static List<Node> inputsFirst(Node output) {
    Set<Node> ordered = new LinkedHashSet<>();
    visit(output, ordered);
    return List.copyOf(ordered);
  }

  /** Depth first with a stack of its own: unrolled inner loops are deep. */
  private static void visit(Node output, Set<Node> ordered) {
    List<Node> path = new ArrayList<>(List.of(output));
    while (!path.isEmpty()) {
      Node node = path.get(path.size() - 1);
      @Nullable Node missing = null;
      for (Node input : node.inputs()) {
        if (!ordered.contains(input)) {
          missing = input;
          break;
        }
      }
      if (missing == null) {
        ordered.add(node);
        path.remove(path.size() - 1);
      } else {
        path.add(missing);
      }
    }
  }
}

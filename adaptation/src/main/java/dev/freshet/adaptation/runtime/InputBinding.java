package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/** Tensors for a graph's inputs: what sizes they give to its symbolic dims. */
final class InputBinding {
  private final Graph graph;
  private final Map<Dim, Integer> sizes = new HashMap<>();

  InputBinding(Graph graph) {
    this.graph = graph;
  }

  /** Checks one input and takes its sizes. */
  void bind(String name, Map<String, Tensor> inputs) {
    bind(name, shape(name), tensor(name, inputs));
  }

  /** As far as inputs were bound. */
  Map<Dim, Integer> sizes() {
    return sizes;
  }

  GraphShape shape(String name) {
    Node node = graph.inputs().get(name);
    if (node == null) {
      throw new IllegalArgumentException(
          "Graph '%s' has no input '%s', expected one of %s."
              .formatted(graph.name(), name, graph.inputs().keySet()));
    }
    return node.shape();
  }

  Tensor tensor(String name, Map<String, Tensor> inputs) {
    Tensor tensor = inputs.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "No tensor for input '%s' of graph '%s', expected %s."
              .formatted(name, graph.name(), graph.inputs().keySet()));
    }
    return tensor;
  }

  private void bind(String name, GraphShape shape, Tensor tensor) {
    Shape given = tensor.shape();
    boolean fits = given.rank() == shape.rank();
    for (int axis = 0; fits && axis < shape.rank(); axis++) {
      Dim dim = shape.dim(axis);
      int size = given.size(axis);
      fits =
          dim instanceof Dim.Fixed fixed
              ? fixed.size() == size
              : sizes.computeIfAbsent(dim, unused -> size) == size;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "Input '%s' of graph '%s' is %s, expected %s where %s."
              .formatted(name, graph.name(), given, shape, sizes));
    }
  }
}

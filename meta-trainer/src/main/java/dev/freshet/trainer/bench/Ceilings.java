package dev.freshet.trainer.bench;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.runtime.CompiledGraph;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.runtime.PreparedRun;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Map;
import java.util.TreeMap;

/**
 * What no graph can exceed on a device. Large tensors are made there from a row and a column, and
 * summed up there, because each run copies inputs and outputs to and from it.
 */
final class Ceilings {
  /** Enough that making and summing the tensor is the smaller part. */
  private static final int ROUNDS = 16;

  private static final int FLOAT_BYTES = 4;

  private Ceilings() {}

  /**
   * Gigabytes a second, read and written, of elementwise operations.
   *
   * @param size of the square tensors
   */
  static double copyGigabytes(Device device, int size, Stopwatch watch) {
    GraphBuilder g = new GraphBuilder("copy");
    Node x = square(g, size);
    for (int round = 0; round < ROUNDS; round++) {
      // Alternately, so that no optimiser sees two that undo each other.
      x = round % 2 == 0 ? g.relu(x) : g.mul(x, g.input("factor" + round, Dim.ONE));
    }
    double seconds = seconds(device, finished(g, x), size, watch);
    double passes = 2.0 * ROUNDS + 2;
    return passes * size * size * FLOAT_BYTES / seconds / 1e9;
  }

  /**
   * Billions of floating-point operations a second of products of square matrices.
   *
   * @param size of the matrices
   */
  static double productGigaflops(Device device, int size, Stopwatch watch) {
    GraphBuilder g = new GraphBuilder("product");
    Node a = square(g, size);
    Node x = a;
    int products = ROUNDS / 4;
    for (int round = 0; round < products; round++) {
      x = g.matMul(x, a);
    }
    double seconds = seconds(device, finished(g, x), size, watch);
    return 2.0 * products * size * size * size / seconds / 1e9;
  }

  /**
   * Gigabytes a second of inputs on their way to the device: a sum of what is as large as a batch
   * of vectors. On the CPU nothing is on its way, and this is how fast memory is read.
   *
   * @param size of the square tensor
   */
  static double inputGigabytes(Device device, int size, Stopwatch watch) {
    GraphBuilder g = new GraphBuilder("input");
    Node x = g.input("x", Dim.of(size), Dim.of(size));
    Tensor values = Tensor.full(Shape.of(size, size), 1f / size);
    double seconds = seconds(device, finished(g, x), Map.of("x", values), watch);
    return (double) size * size * FLOAT_BYTES / seconds / 1e9;
  }

  private static Node square(GraphBuilder g, int size) {
    return g.add(g.input("row", Dim.ONE, Dim.of(size)), g.input("column", Dim.of(size), Dim.ONE));
  }

  private static Graph finished(GraphBuilder g, Node x) {
    return g.output("sum", g.sum(g.sum(x, -1), -2)).build();
  }

  private static double seconds(Device device, Graph graph, int size, Stopwatch watch) {
    Map<String, Tensor> inputs = new TreeMap<>();
    // So small that a chain of products stays finite.
    float value = 0.5f / size;
    inputs.put("row", Tensor.full(Shape.of(1, size), value));
    inputs.put("column", Tensor.full(Shape.of(size, 1), value));
    graph.inputs().keySet().forEach(name -> inputs.putIfAbsent(name, Tensor.vector(1f)));
    return seconds(device, graph, inputs, watch);
  }

  private static double seconds(
      Device device, Graph graph, Map<String, Tensor> inputs, Stopwatch watch) {
    try (CompiledGraph compiled = CompiledGraph.of(graph, device);
        PreparedRun run = compiled.prepare(inputs)) {
      return watch.secondsPerRun(run::run);
    }
  }
}

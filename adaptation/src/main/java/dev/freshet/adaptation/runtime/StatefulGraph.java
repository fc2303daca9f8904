package dev.freshet.adaptation.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.onnx.OnnxWriter;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A graph some of whose outputs are inputs of its next run: parameters and an optimiser's moments.
 * They stay in native memory, in two sets of buffers: a run reads the one and writes the other, and
 * {@link #accept()} changes their parts. Not thread-safe.
 */
public final class StatefulGraph implements AutoCloseable {
  private final Graph graph;
  private final Map<String, String> next;
  private final SharedSession session;
  private final BufferPool buffers;
  private Map<String, Cell> current = new LinkedHashMap<>();
  private Map<String, Cell> following = new LinkedHashMap<>();

  /** A state tensor with the buffer beneath it. */
  private record Cell(FloatBuffer buffer, OnnxTensor tensor, Shape shape) {
    static Cell of(Shape shape, Engine engine) {
      FloatBuffer buffer = NativeTensors.allocate(shape.elements(), engine);
      BufferPool.clear(buffer);
      return new Cell(buffer, NativeTensors.over(buffer, shape), shape);
    }

    Tensor read() {
      return Tensor.read(shape, buffer.duplicate().rewind());
    }
  }

  private StatefulGraph(
      Graph graph, Map<String, String> next, SharedSession session, Engine engine) {
    this.graph = graph;
    this.buffers = new BufferPool(engine);
    this.next = new TreeMap<>(next);
    this.session = session;
    this.next.forEach(
        (input, output) -> {
          Shape shape = shape(input, graph.inputs());
          if (!shape.equals(shape(output, graph.outputs()))) {
            throw new IllegalArgumentException(
                "State '%s' of graph '%s' is %s but becomes %s, expected the same shape."
                    .formatted(input, graph.name(), shape, shape(output, graph.outputs())));
          }
          current.put(input, Cell.of(shape, engine));
          following.put(input, Cell.of(shape, engine));
        });
  }

  /**
   * Resolves the device as {@link ReleaseLoader} does. The state is zero.
   *
   * @param next by input, the output that it is in the next run; of fixed shapes
   */
  public static StatefulGraph of(Graph graph, Map<String, String> next, Device device) {
    try {
      byte[] model = new OnnxWriter().write(graph);
      Engine engine = CudaProbe.resolve(device);
      return new StatefulGraph(graph, next, SharedSession.open(model, engine), engine);
    } catch (OrtException e) {
      throw new IllegalStateException(
          "ONNX Runtime refuses graph '" + graph.name() + "': " + e.getMessage(), e);
    }
  }

  private Shape shape(String name, Map<String, Node> among) {
    Node node = among.get(name);
    if (node == null || !node.shape().dims().stream().allMatch(d -> d instanceof Dim.Fixed)) {
      throw new IllegalArgumentException(
          "State '%s' of graph '%s' is %s, expected a value of fixed shape."
              .formatted(name, graph.name(), node));
    }
    return Shape.of(
        node.shape().dims().stream().mapToInt(dim -> ((Dim.Fixed) dim).size()).toArray());
  }

  /** Replaces the state that the next run reads; names that are no state are ignored. */
  public void set(Map<String, Tensor> state) {
    current.forEach(
        (name, cell) -> {
          Tensor tensor = state.get(name);
          if (tensor == null || !tensor.shape().equals(cell.shape())) {
            throw new IllegalArgumentException(
                "State '%s' is to be %s, expected shape %s."
                    .formatted(name, tensor == null ? "missing" : tensor.shape(), cell.shape()));
          }
          tensor.writeTo(cell.buffer().duplicate().rewind());
        });
  }

  /** What the next run reads, by the names of the inputs. */
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new TreeMap<>();
    current.forEach((name, cell) -> state.put(name, cell.read()));
    return state;
  }

  /**
   * Runs once. The state stays as it was until {@link #accept()}.
   *
   * @param inputs a tensor for each input that is no state; others are ignored
   * @return the outputs that are no state
   */
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    InputBinding binding = new InputBinding(graph);
    List<String> given = new ArrayList<>(graph.inputs().keySet());
    given.removeAll(next.keySet());
    given.forEach(name -> binding.bind(name, inputs));
    Map<String, FloatBuffer> results = new LinkedHashMap<>();
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    try (Batch batch = new Batch(buffers, binding.sizes())) {
      current.forEach((name, cell) -> batch.sharedInput(name, cell.tensor()));
      next.forEach((name, output) -> batch.sharedOutput(output, cell(following, name).tensor()));
      for (String name : given) {
        binding.tensor(name, inputs).writeTo(batch.input(name, binding.shape(name)));
      }
      Map<String, Node> plain = new LinkedHashMap<>(graph.outputs());
      plain.keySet().removeAll(next.values());
      plain.forEach((name, node) -> results.put(name, batch.output(name, node.shape())));
      batch.run(session);
      plain.forEach(
          (name, node) ->
              outputs.put(name, Tensor.read(batch.shape(node.shape()), buffer(results, name))));
    }
    return outputs;
  }

  private static FloatBuffer buffer(Map<String, FloatBuffer> results, String name) {
    return Objects.requireNonNull(results.get(name), name);
  }

  private static Cell cell(Map<String, Cell> cells, String name) {
    return Objects.requireNonNull(cells.get(name), name);
  }

  /** What the last run made of the state is the state from now on. */
  public void accept() {
    Map<String, Cell> before = current;
    current = following;
    following = before;
  }

  /** Lets go of the session, the state and the buffers. */
  @Override
  public void close() {
    session.close();
    current.values().forEach(cell -> cell.tensor().close());
    following.values().forEach(cell -> cell.tensor().close());
    buffers.drop();
  }
}

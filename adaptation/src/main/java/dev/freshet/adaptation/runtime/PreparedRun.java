package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call whose inputs are in native memory and can be made again and again: what a device takes is
 * then measured without what Java takes to fill buffers. On a GPU each run still copies inputs and
 * outputs, as every call does. As long as it is open, nothing else may run on its graph.
 */
public final class PreparedRun implements AutoCloseable {
  private final Graph graph;
  private final SharedSession session;
  private final Batch batch;
  private final Map<String, FloatBuffer> results = new LinkedHashMap<>();

  PreparedRun(Graph graph, SharedSession session, BufferPool buffers, Map<String, Tensor> inputs) {
    this.graph = graph;
    this.session = session;
    InputBinding binding = new InputBinding(graph);
    graph.inputs().keySet().forEach(name -> binding.bind(name, inputs));
    this.batch = new Batch(buffers, binding.sizes());
    graph
        .inputs()
        .forEach(
            (name, node) -> binding.tensor(name, inputs).writeTo(batch.input(name, node.shape())));
    graph.outputs().forEach((name, node) -> results.put(name, batch.output(name, node.shape())));
  }

  /** Runs once more. */
  public void run() {
    batch.run(session);
  }

  /** All outputs of the last run, by name and in the graph's order. */
  public Map<String, Tensor> outputs() {
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    graph
        .outputs()
        .forEach(
            (name, node) -> {
              FloatBuffer buffer = results.get(name);
              if (buffer != null) {
                outputs.put(
                    name, Tensor.read(batch.shape(node.shape()), buffer.duplicate().rewind()));
              }
            });
    return outputs;
  }

  @Override
  public void close() {
    batch.close();
  }
}

package dev.freshet.adaptation.runtime;

import ai.onnxruntime.OrtException;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.onnx.OnnxWriter;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Map;

/**
 * Any graph, ready to run: an outer step of meta-training, for instance. One thread works on it,
 * with buffers that are kept from call to call. Not thread-safe: have one for each thread.
 */
public final class CompiledGraph implements AutoCloseable {
  private final Graph graph;
  private final SharedSession session;
  private final BufferPool buffers;

  private CompiledGraph(Graph graph, SharedSession session, Engine engine) {
    this.graph = graph;
    this.buffers = new BufferPool(engine);
    this.session = session;
  }

  /** Resolves the device as {@link ReleaseLoader} does. */
  public static CompiledGraph of(Graph graph, Device device) {
    try {
      byte[] model = new OnnxWriter().write(graph);
      Engine engine = CudaProbe.resolve(device);
      return new CompiledGraph(graph, SharedSession.open(model, engine), engine);
    } catch (OrtException e) {
      throw new IllegalStateException(
          "ONNX Runtime refuses graph '" + graph.name() + "': " + e.getMessage(), e);
    }
  }

  /**
   * All outputs, by name and in the graph's order.
   *
   * @param inputs a tensor for each input of the graph; others are ignored
   */
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    try (PreparedRun run = prepare(inputs)) {
      run.run();
      return run.outputs();
    }
  }

  /**
   * A call that can be repeated.
   *
   * @param inputs a tensor for each input of the graph; others are ignored
   */
  public PreparedRun prepare(Map<String, Tensor> inputs) {
    return new PreparedRun(graph, session, buffers, inputs);
  }

  /** Lets go of the session and the buffers. */
  @Override
  public void close() {
    session.close();
    buffers.drop();
  }
}

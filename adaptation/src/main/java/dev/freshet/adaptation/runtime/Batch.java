package dev.freshet.adaptation.runtime;

import ai.onnxruntime.OnnxTensor;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.onnx.Signature;
import dev.freshet.adaptation.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One call in the making: sizes for the symbolic dims, and a pooled buffer for every input and
 * output that is not shared.
 */
final class Batch implements AutoCloseable {
  private final BufferPool pool;
  private final Map<Dim, Integer> sizes;
  private final Map<String, OnnxTensor> inputs = new HashMap<>();
  private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
  private final List<OnnxTensor> owned = new ArrayList<>();

  Batch(BufferPool pool, Map<Dim, Integer> sizes) {
    this.pool = pool;
    this.sizes = Map.copyOf(sizes);
  }

  /** What a graph's shape is in this batch. */
  Shape shape(GraphShape shape) {
    return Shape.of(shape.dims().stream().mapToInt(this::size).toArray());
  }

  private int size(Dim dim) {
    if (dim instanceof Dim.Fixed fixed) {
      return fixed.size();
    }
    Integer size = sizes.get(dim);
    if (size == null) {
      throw new IllegalStateException("Dim " + dim + " has no size in this batch.");
    }
    return size;
  }

  /** A buffer that the run will read. It holds anything: every element is to be written. */
  FloatBuffer input(String name, GraphShape shape) {
    Shape concrete = shape(shape);
    FloatBuffer buffer = pool.take("in " + name, concrete.elements());
    inputs.put(name, own(NativeTensors.over(buffer, concrete)));
    return buffer;
  }

  void sharedInput(String name, OnnxTensor tensor) {
    inputs.put(name, tensor);
  }

  /** Somebody else's tensor, which the run will fill. */
  void sharedOutput(String name, OnnxTensor tensor) {
    outputs.put(name, tensor);
  }

  /** A buffer that the run will fill. */
  FloatBuffer output(String name, GraphShape shape) {
    Shape concrete = shape(shape);
    FloatBuffer buffer = pool.take("out " + name, concrete.elements());
    outputs.put(name, own(NativeTensors.over(buffer, concrete)));
    return buffer;
  }

  /** A buffer for one of the outputs that a graph declares. */
  FloatBuffer output(Signature signature, String name) {
    GraphShape shape = signature.outputs().get(name);
    if (shape == null) {
      throw new IllegalStateException("No release without output '" + name + "' verifies.");
    }
    return output(name, shape);
  }

  void run(SharedSession session) {
    session.run(inputs, outputs);
  }

  boolean tryRun(SharedSession session) {
    return session.tryRun(inputs, outputs);
  }

  private OnnxTensor own(OnnxTensor tensor) {
    owned.add(tensor);
    return tensor;
  }

  @Override
  public void close() {
    owned.forEach(OnnxTensor::close);
  }
}

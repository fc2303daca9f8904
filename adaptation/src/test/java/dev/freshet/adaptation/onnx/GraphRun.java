package dev.freshet.adaptation.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Runs one graph once in ONNX Runtime. */
public final class GraphRun {
  private GraphRun() {}

  /** The first output. */
  public static Tensor run(Graph graph, Map<String, Tensor> inputs) {
    return run(new OnnxWriter().write(graph), graph.outputs().keySet().iterator().next(), inputs);
  }

  /** All outputs by name. */
  public static Map<String, Tensor> runAll(Graph graph, Map<String, Tensor> inputs) {
    return run(new OnnxWriter().write(graph), graph.outputs().keySet(), inputs);
  }

  static Tensor run(byte[] model, String name, Map<String, Tensor> inputs) {
    return Objects.requireNonNull(run(model, Set.of(name), inputs).get(name));
  }

  private static Map<String, Tensor> run(
      byte[] model, Set<String> names, Map<String, Tensor> inputs) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model)) {
      Map<String, OnnxTensor> feeds = new HashMap<>();
      for (var input : inputs.entrySet()) {
        long[] sizes = Arrays.stream(input.getValue().shape().toArray()).asLongStream().toArray();
        FloatBuffer values = FloatBuffer.wrap(input.getValue().toArray());
        feeds.put(input.getKey(), OnnxTensor.createTensor(environment, values, sizes));
      }
      try (OrtSession.Result result = session.run(feeds, names)) {
        Map<String, Tensor> outputs = new HashMap<>();
        for (String name : names) {
          outputs.put(name, tensor((OnnxTensor) result.get(name).orElseThrow()));
        }
        return outputs;
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Tensor tensor(OnnxTensor output) {
    long[] sizes = output.getInfo().getShape();
    Shape shape = Shape.of(Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray());
    return Tensor.of(shape, output.getFloatBuffer().array());
  }
}

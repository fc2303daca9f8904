package dev.freshet.adaptation.runtime;

import ai.onnxruntime.OnnxTensor;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.onnx.Signature;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a call of a predict graph takes besides queries: parameters, masks, shared tensors. */
final class TaskInputs {
  /**
   * What tasks of one call have in common.
   *
   * @param ways padding included
   * @param parameters shapes of the task's parameters
   */
  record Size(int ways, List<Shape> parameters) {
    static Size of(AdaptedTask task) {
      return new Size(task.waysPadded(), task.parameters().stream().map(Tensor::shape).toList());
    }

    /** Of the parameters of one task. */
    long elements() {
      return parameters.stream().mapToLong(Shape::elements).sum();
    }
  }

  private final LoadedRelease release;
  private final Size size;
  private final List<AdaptedTask> tasks;
  private final int perCall;

  /**
   * @param perCall as many tasks as calls of this size may have
   */
  TaskInputs(LoadedRelease release, Size size, List<AdaptedTask> tasks, int perCall) {
    this.release = release;
    this.size = size;
    this.tasks = tasks;
    this.perCall = perCall;
  }

  /** Parameters of the support's size, as low-rank ones are, say what that size is. */
  Map<Dim, Integer> sizes(int queries) {
    Map<Dim, Integer> sizes = new HashMap<>();
    sizes.put(Dim.TASKS, release.filling().tasks(tasks.size(), perCall));
    sizes.put(Dim.QUERIES, queries);
    sizes.put(Dim.WAYS, size.ways());
    int parameter = 0;
    for (GraphShape shape : release.adaptSignature().outputs().values()) {
      Shape own = size.parameters().get(parameter++);
      int axis = shape.dims().indexOf(Dim.SUPPORT);
      if (axis > 0) {
        sizes.put(Dim.SUPPORT, own.size(axis - 1));
      }
    }
    return sizes;
  }

  /** All but query_x. */
  void fill(Batch batch, Signature signature) {
    signature
        .inputs()
        .forEach(
            (name, shape) -> {
              OnnxTensor shared = release.initialization().get(name);
              if (shared != null) {
                batch.sharedInput(name, shared);
              } else if (name.equals(GraphContract.WAY_MASK)) {
                fillWayMask(batch.input(name, shape));
              } else if (!name.equals(GraphContract.QUERY_X)) {
                fillParameter(name, batch.input(name, shape));
              }
            });
  }

  private void fillParameter(String name, FloatBuffer buffer) {
    int parameter = new ArrayList<>(release.adaptSignature().outputs().keySet()).indexOf(name);
    tasks.forEach(task -> task.parameters().get(parameter).writeTo(buffer));
    BufferPool.clear(buffer, buffer.position(), buffer.capacity());
  }

  private void fillWayMask(FloatBuffer buffer) {
    BufferPool.clear(buffer);
    for (int task = 0; task < tasks.size(); task++) {
      for (int way = 0; way < tasks.get(task).ways(); way++) {
        buffer.put(task * size.ways() + way, 1f);
      }
    }
  }
}

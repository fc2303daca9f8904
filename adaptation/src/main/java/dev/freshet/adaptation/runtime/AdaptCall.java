package dev.freshet.adaptation.runtime;

import ai.onnxruntime.OnnxTensor;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One call of an adapt graph: tasks of one padded size, row by row into buffers and back. */
final class AdaptCall {
  /**
   * What tasks of one call have in common.
   *
   * @param support rows, padding included
   * @param ways labels, padding included
   */
  record Size(int support, int ways) {
    static Size of(SupportSet set, boolean classifies) {
      return new Size(Sizes.bucket(set.rows()), classifies ? Sizes.bucket(set.ways()) : 1);
    }

    int tasksPerCall(LoadedRelease release) {
      return release.filling().tasksPerCall(AdaptMemory.bytesPerTask(release, this));
    }
  }

  private final LoadedRelease release;
  private final Size size;
  private final List<SupportSet> supports;
  private final int features;

  AdaptCall(LoadedRelease release, Size size, List<SupportSet> supports) {
    this.release = release;
    this.size = size;
    this.supports = supports;
    this.features = release.features();
  }

  List<AdaptedTask> run(BufferPool pool) {
    Map<Dim, Integer> sizes =
        Map.of(
            Dim.TASKS,
            release.filling().tasks(supports.size(), size.tasksPerCall(release)),
            Dim.SUPPORT,
            size.support(),
            Dim.WAYS,
            size.ways());
    try (Batch batch = new Batch(pool, sizes)) {
      release.adaptSignature().inputs().forEach((name, shape) -> fill(batch, name, shape));
      List<FloatBuffer> outputs = new ArrayList<>();
      List<Shape> shapes = new ArrayList<>();
      release
          .adaptSignature()
          .outputs()
          .forEach(
              (name, shape) -> {
                outputs.add(batch.output(name, shape));
                shapes.add(ofOneTask(batch.shape(shape)));
              });
      batch.run(release.adaptSession());
      return read(outputs, shapes);
    }
  }

  private void fill(Batch batch, String name, GraphShape shape) {
    OnnxTensor shared = release.initialization().get(name);
    if (shared != null) {
      batch.sharedInput(name, shared);
      return;
    }
    FloatBuffer buffer = batch.input(name, shape);
    if (name.equals(GraphContract.SUPPORT_X)) {
      fillVectors(buffer);
      return;
    }
    // Filled as an array first: a direct buffer checks every single number.
    float[] values = new float[buffer.capacity()];
    for (int task = 0; task < supports.size(); task++) {
      fill(name, values, task, supports.get(task));
    }
    buffer.put(0, values);
  }

  /** By far the largest input: only its padding is cleared. */
  private void fillVectors(FloatBuffer buffer) {
    int perTask = size.support() * features;
    for (int task = 0; task < supports.size(); task++) {
      int at = task * perTask;
      for (SupportSet.Row row : supports.get(task).rowList()) {
        buffer.put(at, row.vector.values());
        at += features;
      }
      BufferPool.clear(buffer, at, (task + 1) * perTask);
    }
    BufferPool.clear(buffer, supports.size() * perTask, buffer.capacity());
  }

  private void fill(String name, float[] values, int task, SupportSet set) {
    int at = task * size.support();
    switch (name) {
      case GraphContract.WAY_MASK ->
          Arrays.fill(values, task * size.ways(), task * size.ways() + set.ways(), 1f);
      case GraphContract.SUPPORT_MASK -> Arrays.fill(values, at, at + set.rows(), 1f);
      case GraphContract.SUPPORT_Y -> {
        for (SupportSet.Row row : set.rowList()) {
          float target = row.kind.isNumber() ? row.value : 1f;
          values[at++ * size.ways() + row.way] = target;
        }
      }
      case GraphContract.SUPPORT_SQUARE -> {
        for (SupportSet.Row row : set.rowList()) {
          values[at++] = row.vector.square();
        }
      }
      case GraphContract.SUPPORT_NAME -> {
        for (SupportSet.Row row : set.rowList()) {
          values[at++] = row.kind == SupportSet.RowKind.NAME ? 1f : 0f;
        }
      }
      default -> throw new IllegalStateException("No release with input '" + name + "' verifies.");
    }
  }

  private static Shape ofOneTask(Shape batched) {
    int[] sizes = batched.toArray();
    return Shape.of(Arrays.copyOfRange(sizes, 1, sizes.length));
  }

  private List<AdaptedTask> read(List<FloatBuffer> outputs, List<Shape> shapes) {
    List<AdaptedTask> tasks = new ArrayList<>();
    for (SupportSet set : supports) {
      List<Tensor> parameters = new ArrayList<>();
      for (int i = 0; i < outputs.size(); i++) {
        parameters.add(Tensor.read(shapes.get(i), outputs.get(i)));
      }
      tasks.add(AdaptedTask.of(release.digest(), set.ways(), size.ways(), parameters));
    }
    return tasks;
  }
}

package dev.freshet.adaptation.runtime;

import ai.onnxruntime.OnnxTensor;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One call of a predict graph: rows of one padded size, each a task with some of its queries. */
final class PredictCall {
  /**
   * A task with some of its queries.
   *
   * @param positions of the queries in what was asked, hence of their scores in the answer
   */
  record Row(AdaptedTask task, List<Integer> positions) {
    Size size() {
      List<Shape> parameters = task.parameters().stream().map(Tensor::shape).toList();
      return new Size(Sizes.queryBucket(positions.size()), task.waysPadded(), parameters);
    }
  }

  /**
   * What rows of one call have in common.
   *
   * @param queries padding included
   * @param ways padding included
   * @param parameters shapes of the task's parameters
   */
  record Size(int queries, int ways, List<Shape> parameters) {
    int rowsPerCall(int features) {
      long elements = (long) queries * (features + ways);
      for (Shape shape : parameters) {
        elements += shape.elements();
      }
      return Sizes.tasksPerCall(4 * elements);
    }
  }

  private final LoadedRelease release;
  private final Size size;
  private final List<Row> rows;
  private final List<PredictQuery> queries;

  PredictCall(LoadedRelease release, Size size, List<Row> rows, List<PredictQuery> queries) {
    this.release = release;
    this.size = size;
    this.rows = rows;
    this.queries = queries;
  }

  /** Puts the scores of the queries of all rows at their positions. */
  void run(BufferPool pool, float[][] answers) {
    try (Batch batch = new Batch(pool, sizes())) {
      release.predictSignature().inputs().forEach((name, shape) -> fill(batch, name, shape));
      Map<String, FloatBuffer> scores = new HashMap<>();
      for (String head : heads()) {
        String name = GraphContract.scores(head);
        scores.put(head, batch.output(name, shapeOf(name)));
      }
      batch.run(release.predictSession());
      read(scores, answers);
    }
  }

  /** Parameters of the support's size, as low-rank ones are, say what that size is. */
  private Map<Dim, Integer> sizes() {
    Map<Dim, Integer> sizes = new HashMap<>();
    sizes.put(Dim.TASKS, Sizes.taskBucket(rows.size()));
    sizes.put(Dim.QUERIES, size.queries());
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

  private Set<String> heads() {
    Set<String> heads = new LinkedHashSet<>();
    rows.forEach(
        row -> row.positions().forEach(position -> heads.add(queries.get(position).head())));
    return heads;
  }

  private GraphShape shapeOf(String output) {
    GraphShape shape = release.predictSignature().outputs().get(output);
    if (shape == null) {
      throw new IllegalStateException("No release without output '" + output + "' verifies.");
    }
    return shape;
  }

  private void fill(Batch batch, String name, GraphShape shape) {
    OnnxTensor shared = release.initialization().get(name);
    if (shared != null) {
      batch.sharedInput(name, shared);
      return;
    }
    FloatBuffer buffer = batch.input(name, shape);
    if (name.equals(GraphContract.QUERY_X)) {
      fillQueries(buffer);
    } else if (name.equals(GraphContract.WAY_MASK)) {
      fillWayMask(buffer);
    } else {
      int parameter = new ArrayList<>(release.adaptSignature().outputs().keySet()).indexOf(name);
      rows.forEach(row -> row.task().parameters().get(parameter).writeTo(buffer));
      BufferPool.clear(buffer, buffer.position(), buffer.capacity());
    }
  }

  private void fillQueries(FloatBuffer buffer) {
    int features = release.features();
    for (int row = 0; row < rows.size(); row++) {
      List<Integer> positions = rows.get(row).positions();
      int at = row * size.queries() * features;
      for (int position : positions) {
        buffer.put(at, queries.get(position).vector());
        at += features;
      }
      BufferPool.clear(buffer, at, (row + 1) * size.queries() * features);
    }
    BufferPool.clear(buffer, rows.size() * size.queries() * features, buffer.capacity());
  }

  private void fillWayMask(FloatBuffer buffer) {
    BufferPool.clear(buffer);
    for (int row = 0; row < rows.size(); row++) {
      for (int way = 0; way < rows.get(row).task().ways(); way++) {
        buffer.put(row * size.ways() + way, 1f);
      }
    }
  }

  private void read(Map<String, FloatBuffer> scores, float[][] answers) {
    for (int row = 0; row < rows.size(); row++) {
      List<Integer> positions = rows.get(row).positions();
      for (int query = 0; query < positions.size(); query++) {
        int position = positions.get(query);
        FloatBuffer buffer = scores.get(queries.get(position).head());
        if (buffer != null) {
          float[] answer = new float[rows.get(row).task().ways()];
          buffer.get((row * size.queries() + query) * size.ways(), answer);
          answers[position] = answer;
        }
      }
    }
  }
}

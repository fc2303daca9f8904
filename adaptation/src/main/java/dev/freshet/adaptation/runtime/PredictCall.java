package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.learner.GraphContract;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * One call of a head's part of a predict graph: rows of one padded size, each a task with some of
 * its queries.
 */
final class PredictCall {
  /**
   * A task with some of its queries.
   *
   * @param positions of the queries in what was asked, hence of their scores in the answer
   */
  record Row(AdaptedTask task, List<Integer> positions) {
    Size size(Filling filling) {
      return new Size(filling.queries(positions.size()), TaskInputs.Size.of(task));
    }
  }

  /**
   * What rows of one call have in common.
   *
   * @param queries padding included
   */
  record Size(int queries, TaskInputs.Size task) {
    int rowsPerCall(LoadedRelease release) {
      long ofQueries = (long) queries * (release.features() + task.ways());
      return release.filling().tasksPerCall(Float.BYTES * (ofQueries + task.elements()));
    }
  }

  private final LoadedRelease release;
  private final String head;
  private final Size size;
  private final List<Row> rows;
  private final List<PredictQuery> queries;

  PredictCall(
      LoadedRelease release, String head, Size size, List<Row> rows, List<PredictQuery> queries) {
    this.release = release;
    this.head = head;
    this.size = size;
    this.rows = rows;
    this.queries = queries;
  }

  /** Puts the scores of the queries of all rows at their positions. */
  void run(BufferPool pool, float[][] answers) {
    PredictPart part = release.scores(head);
    List<AdaptedTask> ofRows = rows.stream().map(Row::task).toList();
    TaskInputs tasks = new TaskInputs(release, size.task(), ofRows, size.rowsPerCall(release));
    try (Batch batch = new Batch(pool, tasks.sizes(size.queries()))) {
      tasks.fill(batch, part.signature());
      GraphShape queryShape = part.signature().inputs().get(GraphContract.QUERY_X);
      if (queryShape != null) {
        fillQueries(batch.input(GraphContract.QUERY_X, queryShape));
      }
      FloatBuffer scores = batch.output(part.signature(), GraphContract.scores(head));
      batch.run(part.session());
      read(scores, answers);
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

  private void read(FloatBuffer scores, float[][] answers) {
    int ways = size.task().ways();
    for (int row = 0; row < rows.size(); row++) {
      List<Integer> positions = rows.get(row).positions();
      for (int query = 0; query < positions.size(); query++) {
        float[] answer = new float[rows.get(row).task().ways()];
        scores.get((row * size.queries() + query) * ways, answer);
        answers[positions.get(query)] = answer;
      }
    }
  }
}

package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.items.Catalogue;
import dev.freshet.adaptation.learner.GraphContract;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The scores of a whole catalogue for some tasks, chunk by chunk. The tasks share the rows where
 * the release's graph lets them, else each has a copy.
 */
final class TopCall {
  /** Receives the scores of one chunk for one task. */
  interface Scores {
    /**
     * Takes the next.
     *
     * @param task its place in the call
     * @param scores of the chunk's items; not to be kept
     * @param count how many of them are items
     * @param from position of the first
     */
    void take(int task, float[] scores, int count, int from);
  }

  private final LoadedRelease release;
  private final String head;
  private final List<AdaptedTask> tasks;
  private final TaskInputs inputs;
  private final float[] scratch = new float[CatalogueRows.CHUNK];

  /**
   * @param tasks of one size, some
   * @param perCall as many as calls of this size may have
   */
  TopCall(
      LoadedRelease release,
      String head,
      TaskInputs.Size size,
      List<AdaptedTask> tasks,
      int perCall) {
    this.release = release;
    this.head = head;
    this.tasks = tasks;
    this.inputs = new TaskInputs(release, size, tasks, perCall);
  }

  void run(BufferPool pool, CatalogueRows rows, Catalogue catalogue, Scores scores) {
    Optional<PredictPart> sharing = release.sharedQueries(head);
    PredictPart part = sharing.orElseGet(() -> release.scores(head));
    try (Batch batch = new Batch(pool, inputs.sizes(CatalogueRows.CHUNK))) {
      inputs.fill(batch, part.signature());
      Consumer<Integer> queries = queries(batch, part, rows);
      FloatBuffer output = batch.output(part.signature(), GraphContract.scores(head));
      for (int chunk = 0; chunk < CatalogueRows.chunks(catalogue); chunk++) {
        queries.accept(chunk);
        batch.run(part.session());
        int from = chunk * CatalogueRows.CHUNK;
        int count = Math.min(CatalogueRows.CHUNK, catalogue.size() - from);
        for (int task = 0; task < tasks.size(); task++) {
          output.get(task * CatalogueRows.CHUNK, scratch, 0, count);
          scores.take(task, scratch, count, from);
        }
      }
    }
  }

  /** What makes a chunk the queries of the next run. */
  private Consumer<Integer> queries(Batch batch, PredictPart part, CatalogueRows rows) {
    GraphShape shape = part.signature().inputs().get(GraphContract.QUERY_X);
    if (shape == null) {
      return chunk -> {};
    }
    if (shape.dim(0).equals(Dim.ONE)) {
      return chunk -> batch.sharedInput(GraphContract.QUERY_X, rows.chunk(chunk));
    }
    FloatBuffer copies = batch.input(GraphContract.QUERY_X, shape);
    int ofTask = CatalogueRows.CHUNK * release.features();
    return chunk -> {
      for (int at = 0; at < copies.capacity(); at += ofTask) {
        rows.copyChunk(chunk, copies, at);
      }
    };
  }
}

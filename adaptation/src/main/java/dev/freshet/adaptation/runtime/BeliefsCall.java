package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.exploration.Beliefs;
import dev.freshet.adaptation.exploration.JointBeliefs;
import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.learner.GraphContract;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Scores of one task with their spread, in calls of the sizes that {@link PredictCall} has: the
 * scores are to be the same bits.
 */
final class BeliefsCall {
  private final LoadedRelease release;
  private final String head;
  private final PredictPart part;
  private final AdaptedTask task;
  private final List<Double> means = new ArrayList<>();
  private final List<double[]> spreads = new ArrayList<>();

  BeliefsCall(LoadedRelease release, String head, AdaptedTask task) {
    this.release = release;
    this.head = head;
    this.part = release.spread(head);
    this.task = task;
  }

  void run(BufferPool pool, List<PredictQuery> queries) {
    Filling filling = release.filling();
    for (List<PredictQuery> ofSize : Adapter.parts(queries, filling.queriesMax())) {
      PredictCall.Size size =
          new PredictCall.Size(filling.queries(ofSize.size()), TaskInputs.Size.of(task));
      runPart(pool, ofSize, size);
    }
  }

  private void runPart(BufferPool pool, List<PredictQuery> queries, PredictCall.Size size) {
    TaskInputs inputs =
        new TaskInputs(release, size.task(), List.of(task), size.rowsPerCall(release));
    try (Batch batch = new Batch(pool, inputs.sizes(size.queries()))) {
      inputs.fill(batch, part.signature());
      GraphShape shape = part.signature().inputs().get(GraphContract.QUERY_X);
      if (shape != null) {
        fill(batch.input(GraphContract.QUERY_X, shape), queries);
      }
      String spread = GraphContract.spread(head);
      int unknowns =
          batch.shape(Objects.requireNonNull(part.signature().outputs().get(spread))).size(2);
      FloatBuffer scores = batch.output(part.signature(), GraphContract.scores(head));
      FloatBuffer rows = batch.output(part.signature(), spread);
      batch.run(part.session());
      for (int query = 0; query < queries.size(); query++) {
        means.add((double) scores.get(query));
        double[] row = new double[unknowns];
        for (int i = 0; i < unknowns; i++) {
          row[i] = rows.get(query * unknowns + i);
        }
        spreads.add(row);
      }
    }
  }

  private void fill(FloatBuffer buffer, List<PredictQuery> queries) {
    int at = 0;
    for (PredictQuery query : queries) {
      buffer.put(at, query.vector());
      at += release.features();
    }
    BufferPool.clear(buffer, at, buffer.capacity());
  }

  /** Whether there is an answer, and all of it is finite. */
  boolean isSound() {
    double sum = 0;
    for (int i = 0; i < means.size(); i++) {
      sum += means.get(i);
      for (double value : spreads.get(i)) {
        sum += value;
      }
    }
    return !means.isEmpty() && Double.isFinite(sum);
  }

  Beliefs beliefs() {
    return JointBeliefs.of(
        means.stream().mapToDouble(Double::doubleValue).toArray(),
        spreads.toArray(new double[0][]));
  }
}

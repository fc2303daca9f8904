package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.graph.GraphShape;
import dev.freshet.adaptation.learner.GraphContract;
import dev.freshet.adaptation.learner.Head;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/**
 * Whether a head's graph takes the queries of all tasks as one set [1, queries, features], which it
 * then broadcasts, and gives the same scores to the bit. Nothing in a graph says so: it is tried.
 */
final class SharedQueries {
  private static final int TASKS = 4;
  private static final int QUERIES = 16;
  private static final long SEED = 1;

  private SharedQueries() {}

  /** Tries every head that scores or ranks. */
  static void tryAll(LoadedRelease release, ReleaseSessions sessions) {
    for (Head head : release.manifest().heads()) {
      if (head.kind() != Head.Kind.CLASSIFICATION && mayWork(release, head.name())) {
        sessions
            .sharedQueries(head.name(), shared -> work(release, head.name(), shared))
            .ifPresent(shared -> release.shareQueries(head.name(), shared));
      }
    }
  }

  /** Without a task's parameter, nothing would tell the graph how many tasks there are. */
  private static boolean mayWork(LoadedRelease release, String head) {
    TreeSet<String> taken = new TreeSet<>(release.scores(head).signature().inputs().keySet());
    boolean asks = taken.contains(GraphContract.QUERY_X);
    taken.retainAll(release.adaptSignature().outputs().keySet());
    return asks && !taken.isEmpty();
  }

  private static boolean work(LoadedRelease release, String head, PredictPart shared) {
    Random random = new Random(SEED);
    List<AdaptedTask> tasks = tasks(release, random);
    float[] rows = values(random, QUERIES * release.features());
    TaskInputs inputs = new TaskInputs(release, TaskInputs.Size.of(tasks.get(0)), tasks, TASKS);
    BufferPool buffers = new BufferPool(release.engine());
    return tasks.stream().noneMatch(AdaptedTask::diverged)
        && Arrays.equals(
            scores(shared, head, inputs, rows, buffers).orElse(new float[0]),
            scores(release.scores(head), head, inputs, rows, buffers).orElseThrow());
  }

  /** Nothing where ONNX Runtime refuses what the graph was not made for. */
  private static Optional<float[]> scores(
      PredictPart part, String head, TaskInputs inputs, float[] rows, BufferPool buffers) {
    GraphShape queries =
        Objects.requireNonNull(part.signature().inputs().get(GraphContract.QUERY_X));
    try (Batch batch = new Batch(buffers, inputs.sizes(QUERIES))) {
      inputs.fill(batch, part.signature());
      FloatBuffer copies = batch.input(GraphContract.QUERY_X, queries);
      for (int at = 0; at < copies.capacity(); at += rows.length) {
        copies.put(at, rows);
      }
      FloatBuffer output = batch.output(part.signature(), GraphContract.scores(head));
      if (!batch.tryRun(part.session())) {
        return Optional.empty();
      }
      float[] scores = new float[output.capacity()];
      output.get(0, scores);
      return Optional.of(scores);
    }
  }

  private static List<AdaptedTask> tasks(LoadedRelease release, Random random) {
    SupportSet[] supports = new SupportSet[TASKS];
    for (int task = 0; task < TASKS; task++) {
      SupportSet.Builder support = SupportSet.builder(release.features(), 1);
      support.scored(random.nextFloat(), values(random, release.features()));
      support.scored(random.nextFloat(), values(random, release.features()));
      supports[task] = support.build();
    }
    try (Adapter adapter = new Adapter()) {
      return adapter.adapt(release, List.of(supports));
    }
  }

  private static float[] values(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }
}

package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.learner.Head;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a freshly loaded release on a small task, off the task thread: a graph that is not what it
 * declares must not be found out by the first real query.
 */
final class TrialRun {
  private TrialRun() {}

  static void run(LoadedRelease release) {
    float[] vector = new float[release.features()];
    vector[0] = 1f;
    SupportSet support = support(release, vector);
    try (Adapter adapter = new Adapter()) {
      AdaptedTask task = adapter.adapt(release, List.of(support)).get(0);
      List<PredictQuery> queries = new ArrayList<>();
      for (Head head : release.manifest().heads()) {
        queries.add(new PredictQuery(task, head.name(), vector));
      }
      List<float[]> answers = adapter.predict(release, queries);
      for (int i = 0; i < answers.size(); i++) {
        check(queries.get(i).head(), answers.get(i));
      }
    }
  }

  private static SupportSet support(LoadedRelease release, float[] vector) {
    int features = release.features();
    if (!release.manifest().classifies()) {
      return SupportSet.builder(features, 1).scored(1f, vector).build();
    }
    float[] other = new float[features];
    other[features - 1] = 1f;
    return SupportSet.builder(features, 2).name(0, vector).example(1, other).build();
  }

  private static void check(String head, float[] scores) {
    for (float score : scores) {
      if (!Float.isFinite(score)) {
        throw new IllegalStateException(
            "Head '" + head + "' gives " + Arrays.toString(scores) + ", expected finite scores.");
      }
    }
  }
}

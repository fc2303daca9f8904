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
      if (task.diverged()) {
        throw new IllegalStateException(
            "Adapting to two rows gives parameters that are not finite. Lower its learning rates.");
      }
      List<PredictQuery> queries = new ArrayList<>();
      for (Head head : release.manifest().heads()) {
        queries.add(new PredictQuery(task, head.name(), vector));
      }
      List<float[]> answers = adapter.scores(release, queries);
      for (int i = 0; i < answers.size(); i++) {
        check(release.manifest().heads().get(i), task.ways(), answers.get(i));
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

  private static void check(Head head, int ways, float[] scores) {
    if (!Answers.isSound(head.kind(), ways, scores)) {
      String expected =
          switch (head.kind()) {
            case CLASSIFICATION -> "probabilities that add up to 1";
            case SCORING, RANKING -> "finite scores";
          };
      throw new IllegalStateException(
          "Head '%s' gives %s, expected %s."
              .formatted(head.name(), Arrays.toString(scores), expected));
    }
  }
}

package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Learners;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Task parameters of the support's size: every task has its own, and no two need agree. */
class LowRankTest {
  private static final int FEATURES = 24;
  private static final float ROUNDING = 1e-3f;

  private static Learner maml(double lowRank) {
    return Learners.MAML.create(
        FEATURES, Map.of("hidden1", 32.0, "hidden2", 16.0, "headScale", 5.0, "lowRank", lowRank));
  }

  private static List<SupportSet> ofEverySize() {
    RandomTasks random = new RandomTasks(5, FEATURES);
    List<SupportSet> supports = new ArrayList<>();
    for (int shots = 1; shots < 20; shots++) {
      supports.add(random.even(3, shots));
    }
    return supports;
  }

  private static List<float[]> answers(Learner learner, List<SupportSet> supports) {
    try (LoadedRelease release =
            new ReleaseLoader(DeviceUnderTest.DEVICE).load(Releases.of("low", learner));
        Adapter adapter = new Adapter()) {
      RandomTasks random = new RandomTasks(6, FEATURES);
      List<PredictQuery> queries = new ArrayList<>();
      for (AdaptedTask task : adapter.adapt(release, supports)) {
        queries.add(new PredictQuery(task, "label", random.vector()));
      }
      return adapter.predict(release, queries);
    }
  }

  @Test
  void answersAsTheDenseFormDoesForSupportsOfEverySize() {
    List<float[]> dense = answers(maml(0), ofEverySize());
    List<float[]> lowRank = answers(maml(1), ofEverySize());
    for (int task = 0; task < dense.size(); task++) {
      assertThat(lowRank.get(task)).containsExactly(dense.get(task), within(ROUNDING));
    }
  }

  @Test
  void aSmallSupportMakesASmallTask() {
    RandomTasks random = new RandomTasks(7, 384);
    List<SupportSet> supports = List.of(random.even(5, 1), random.even(5, 5));
    Learner learner = Learners.MAML.create(384, Map.of("hidden1", 128.0, "lowRank", 1.0));
    try (LoadedRelease release =
            new ReleaseLoader(DeviceUnderTest.DEVICE).load(Releases.of("low", learner));
        Adapter adapter = new Adapter()) {
      List<AdaptedTask> tasks = adapter.adapt(release, supports);
      long ofLayer = 4L * 384 * 128;
      assertThat(tasks.get(0).bytes()).isLessThan(tasks.get(1).bytes()).isLessThan(ofLayer / 4);
      assertThat(tasks.get(1).bytes()).isLessThan(ofLayer / 2);
    }
  }
}

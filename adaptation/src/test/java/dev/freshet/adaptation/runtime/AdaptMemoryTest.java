package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Learners;
import dev.freshet.adaptation.learner.PrototypeLearner;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How many tasks go into one call: see the figures in RATIONALE.md. */
class AdaptMemoryTest {
  private static int tasksPerCall(Learner learner, int rows, int ways) {
    try (LoadedRelease release =
        new ReleaseLoader(Device.CPU).load(Releases.of("memory", learner))) {
      SupportSet support = new RandomTasks(1, learner.features()).even(ways, rows / ways);
      return AdaptCall.Size.of(support, true).tasksPerCall(release);
    }
  }

  @Test
  void networksShareACallByTheDozen() {
    Map<String, Double> small = Map.of("hidden1", 64.0, "hidden2", 64.0);
    assertThat(tasksPerCall(Learners.META_SGD.create(64, small), 25, 5)).isBetween(8, 64);
    assertThat(tasksPerCall(Learners.MAML.create(64, small), 25, 5)).isBetween(8, 64);
    Map<String, Double> wide = Map.of("hidden1", 128.0);
    assertThat(tasksPerCall(Learners.MAML.create(384, wide), 20, 20)).isBetween(8, 64);
  }

  @Test
  void prototypesAndLinearHeadsByMore() {
    assertThat(tasksPerCall(new PrototypeLearner(384), 25, 5)).isBetween(64, Sizes.TASKS_MAX);
    assertThat(tasksPerCall(new PrototypeLearner(384), 5, 5)).isBetween(128, Sizes.TASKS_MAX);
    assertThat(tasksPerCall(new PrototypeLearner(64), 25, 5)).isEqualTo(Sizes.TASKS_MAX);
    assertThat(tasksPerCall(Learners.ANIL.create(384, Map.of()), 25, 5))
        .isBetween(64, Sizes.TASKS_MAX);
  }

  @Test
  void theLargestTasksGoInTwos() {
    Learner vast = Learners.META_SGD.create(384, Map.of("hidden1", 1024.0));
    assertThat(tasksPerCall(vast, 20, 5)).isEqualTo(Sizes.AXIS_MIN);
  }
}

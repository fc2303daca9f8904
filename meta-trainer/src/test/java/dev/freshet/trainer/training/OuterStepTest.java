package dev.freshet.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.runtime.Device;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class OuterStepTest {
  private final TrainingTasks tasks = ToyTraining.tasks(ToyTraining.SETTINGS);
  private final List<TrainingTask> first = tasks.training().draw(0, 2);
  private final List<TrainingTask> second = tasks.training().draw(1, 4);

  /** Calls of two tasks and of four: each task counts the same. */
  @Test
  void isTheMeanOverAllTasks() {
    Learner start = learner("anil");
    OuterStep.Direction both = direction(start, List.of(first, second));
    OuterStep.Direction ofTwo = direction(start, List.of(first));
    OuterStep.Direction ofFour = direction(start, List.of(second));
    assertThat(both.loss()).isCloseTo((2 * ofTwo.loss() + 4 * ofFour.loss()) / 6, within(1e-9));
    double[] expected = new double[3];
    for (int i = 0; i < expected.length; i++) {
      expected[i] =
          (2 * gradient(ofTwo, "log_rates")[i] + 4 * gradient(ofFour, "log_rates")[i]) / 6;
    }
    assertThat(gradient(both, "log_rates")).containsExactly(expected, within(1e-9));
  }

  /** Reptile knows where adapting goes, and nothing of queries or temperatures. */
  @Test
  void displacementIsOfWhatAdaptingMoves() {
    OuterStep.Direction direction = direction(learner("reptile"), List.of(first));
    assertThat(size(gradient(direction, "layer1_weight"))).isPositive();
    assertThat(size(gradient(direction, "log_temperature"))).isZero();
  }

  private Learner learner(String id) {
    return Beginning.of(id, ToyTraining.LEARNERS.getOrDefault(id, Map.of()), tasks);
  }

  private static OuterStep.Direction direction(Learner start, List<List<TrainingTask>> calls) {
    try (OuterStep outer = new OuterStep(start, new MetaParameters(start).learned(), Device.CPU)) {
      return outer.of(calls, start.initialization());
    }
  }

  private static double[] gradient(OuterStep.Direction direction, String tensor) {
    return Arrays64.of(direction.gradients(), tensor);
  }

  private static double size(double[] values) {
    return DoubleStream.of(values).map(Math::abs).sum();
  }
}

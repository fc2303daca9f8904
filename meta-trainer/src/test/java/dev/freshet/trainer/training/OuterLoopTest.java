package dev.freshet.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.runtime.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The optimiser in the graph, held against the same in plain Java and float64. */
class OuterLoopTest {
  private static final int STEPS = 8;

  /** Numbers of every kind of coordinate, weights, a displacement; clipped and not. */
  @ParameterizedTest
  @CsvSource({
    "prototype, 1, 1",
    "prototype, 3, 1",
    "lda, 1, 0.01",
    "anil, 2, 1",
    "maml, 1, 0.1",
    "reptile, 1, 1",
    "meta-sgd, 2, 0.1"
  })
  void movesAsPlainJavaDoes(String learner, int callsPerStep, double normMax) {
    TrainingSettings settings = settings(callsPerStep, normMax);
    TrainingTasks tasks = ToyTraining.tasks(settings);
    Learner start =
        Beginning.of(learner, ToyTraining.LEARNERS.getOrDefault(learner, Map.of()), tasks);
    MetaParameters parameters = new MetaParameters(start);
    SortedMap<String, double[]> expected = parameters.initial();
    Adam adam = Adam.fresh(expected);
    try (OuterLoop loop = new OuterLoop(start, parameters, settings);
        OuterStep plain = new OuterStep(start, parameters.learned(), Device.CPU)) {
      for (int step = 0; step < STEPS; step++) {
        List<List<TrainingTask>> calls = calls(tasks, settings, step);
        OuterStep.Direction direction = plain.of(calls, parameters.tensors(expected));
        move(settings, expected, adam, direction.gradients(), step);
        OuterLoop.Outcome outcome = loop.make(calls, step);
        assertThat(outcome.moved()).isTrue();
        assertThat(outcome.loss()).isCloseTo(direction.loss(), within(2e-4));
      }
      SortedMap<String, double[]> found = loop.coordinates();
      double rates = STEPS * Math.max(settings.numberRate(), settings.weightRate());
      expected.forEach(
          (name, values) ->
              assertThat(Arrays64.of(found, name))
                  .as(name)
                  .containsExactly(values, within(1e-3 * rates)));
    }
  }

  /** To the bit, wherever it stopped. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void goesOnFromItsState(int callsPerStep) {
    TrainingSettings settings = settings(callsPerStep, 1);
    TrainingTasks tasks = ToyTraining.tasks(settings);
    Learner start =
        Beginning.of("maml", ToyTraining.LEARNERS.getOrDefault("maml", Map.of()), tasks);
    MetaParameters parameters = new MetaParameters(start);
    try (OuterLoop whole = new OuterLoop(start, parameters, settings);
        OuterLoop resumed = new OuterLoop(start, parameters, settings)) {
      for (int step = 0; step < STEPS; step++) {
        whole.make(calls(tasks, settings, step), step);
        if (step == 3) {
          resumed.restore(whole.state());
        } else if (step > 3) {
          resumed.make(calls(tasks, settings, step), step);
        }
      }
      whole
          .coordinates()
          .forEach(
              (name, values) ->
                  assertThat(Arrays64.of(resumed.coordinates(), name)).containsExactly(values));
    }
  }

  private static TrainingSettings settings(int callsPerStep, double normMax) {
    TrainingSettings toy = ToyTraining.SETTINGS;
    return new TrainingSettings(
        toy.steps(),
        callsPerStep,
        4,
        toy.numberRate(),
        toy.weightRate(),
        normMax,
        toy.checkEvery(),
        toy.patience(),
        toy.heldOutCalls(),
        toy.heldOutShare(),
        toy.sizes(),
        toy.device(),
        toy.seed());
  }

  private static List<List<TrainingTask>> calls(
      TrainingTasks tasks, TrainingSettings settings, int step) {
    List<List<TrainingTask>> calls = new ArrayList<>();
    for (int call = 0; call < settings.callsPerStep(); call++) {
      int number = step * settings.callsPerStep() + call;
      calls.add(tasks.training().draw(number, settings.tasksPerCall()));
    }
    return calls;
  }

  private static void move(
      TrainingSettings settings,
      SortedMap<String, double[]> coordinates,
      Adam adam,
      SortedMap<String, double[]> gradients,
      int step) {
    coordinates.forEach(
        (name, values) -> {
          double[] gradient = Arrays64.of(gradients, name);
          for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= TensorKind.of(name).slope(values[i]);
          }
        });
    double norm = Arrays64.norm(gradients);
    double kept = Math.min(1, settings.gradientNormMax() / norm);
    adam.nextStep();
    coordinates.forEach(
        (name, values) -> {
          double[] gradient = Arrays64.of(gradients, name);
          for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= kept;
          }
          boolean weights = TensorKind.of(name) == TensorKind.WEIGHTS;
          double rate = weights ? settings.weightRate() : settings.numberRate();
          adam.update(name, values, gradient, rate * settings.rateFactor(step));
        });
  }
}

package dev.freshet.trainer.sine;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.MetaGradient;
import dev.freshet.adaptation.runtime.CompiledGraph;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.tensor.Tensor;
import dev.freshet.trainer.training.TaskTensors;
import dev.freshet.trainer.training.TrainingTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Tasks that nobody was trained on, judged at evenly spaced points. */
final class SineJudge {
  private static final int JUDGED_POINTS = 101;
  private static final int TASKS_AT_ONCE = 100;
  private static final double NORMAL = 1.959964;

  private final Device device;
  private final List<TrainingTask> tasks = new ArrayList<>();

  SineJudge(Device device, int count, long seed) {
    this.device = device;
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      Sine sine = Sine.draw(random);
      tasks.add(
          TrainingTask.scored(
              SineTasks.points(sine, random), grid().stream().map(sine::row).toList()));
    }
  }

  /** From −5 to 5. */
  static List<Double> grid() {
    return IntStream.range(0, JUDGED_POINTS)
        .mapToObj(i -> Sine.X_MAX * (2.0 * i / (JUDGED_POINTS - 1) - 1))
        .toList();
  }

  TrainingTask task(int number) {
    return tasks.get(number);
  }

  /** Of a network with these parameters after its inner loop. */
  SineResults.MeanError error(Learner network, Map<String, Tensor> parameters) {
    List<Double> errors = new ArrayList<>();
    try (CompiledGraph graph = graph(network)) {
      for (int from = 0; from < tasks.size(); from += TASKS_AT_ONCE) {
        List<TrainingTask> part = tasks.subList(from, Math.min(tasks.size(), from + TASKS_AT_ONCE));
        for (float loss : run(graph, parameters, part, MetaGradient.LOSS).toArray()) {
          errors.add((double) loss);
        }
      }
    }
    double mean = errors.stream().mapToDouble(e -> e).average().orElseThrow();
    double variance =
        errors.stream().mapToDouble(e -> (e - mean) * (e - mean)).sum() / (errors.size() - 1);
    return new SineResults.MeanError(mean, NORMAL * Math.sqrt(variance / errors.size()));
  }

  /** What it answers to the judged points of one task. */
  List<Double> answers(Learner network, Map<String, Tensor> parameters, TrainingTask task) {
    try (CompiledGraph graph = graph(network)) {
      // Two, for a batch of one has other bits.
      Tensor scores = run(graph, parameters, List.of(task, task), MetaGradient.SCORES);
      return IntStream.range(0, JUDGED_POINTS).mapToObj(i -> (double) scores.get(i)).toList();
    }
  }

  private CompiledGraph graph(Learner network) {
    String head = network.defaultHeads().get(0);
    return CompiledGraph.of(MetaGradient.graph(network, head, Set.of()), device);
  }

  private static Tensor run(
      CompiledGraph graph,
      Map<String, Tensor> parameters,
      List<TrainingTask> tasks,
      String output) {
    Map<String, Tensor> inputs = new TreeMap<>(parameters);
    inputs.putAll(TaskTensors.of(tasks));
    return Objects.requireNonNull(graph.run(inputs).get(output), output);
  }
}

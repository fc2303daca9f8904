package dev.freshet.trainer.training;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.MetaGradient;
import dev.freshet.adaptation.runtime.CompiledGraph;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Loss and direction of a few batches of tasks. Sums are float64, in the order of the batches. */
final class OuterStep implements AutoCloseable {
  private final SortedSet<String> learned;
  private final CompiledGraph graph;

  OuterStep(Learner learner, SortedSet<String> learned, Device device) {
    this.learned = learned;
    this.graph =
        CompiledGraph.of(
            MetaGradient.graph(learner, learner.defaultHeads().get(0), learned), device);
  }

  /**
   * What a step comes to.
   *
   * @param loss mean over the tasks
   * @param gradients by the values of the learned tensors, mean over the tasks
   */
  record Direction(double loss, SortedMap<String, double[]> gradients) {
    boolean isFinite() {
      return Double.isFinite(loss) && Double.isFinite(Arrays64.norm(gradients));
    }
  }

  Direction of(List<List<TrainingTask>> calls, Map<String, Tensor> initialization) {
    int tasks = calls.stream().mapToInt(List::size).sum();
    SortedMap<String, double[]> gradients = new TreeMap<>();
    double loss = 0;
    for (List<TrainingTask> call : calls) {
      Map<String, Tensor> inputs = new TreeMap<>(initialization);
      inputs.putAll(TaskTensors.of(call));
      Map<String, Tensor> outputs = graph.run(inputs);
      for (float ofTask : output(outputs, MetaGradient.LOSS).toArray()) {
        loss += (double) ofTask / tasks;
      }
      for (String name : learned) {
        float[] part = output(outputs, MetaGradient.gradient(name)).toArray();
        double[] sum = gradients.computeIfAbsent(name, unused -> new double[part.length]);
        for (int i = 0; i < part.length; i++) {
          sum[i] += (double) part[i] / tasks;
        }
      }
    }
    return new Direction(loss, gradients);
  }

  static Tensor output(Map<String, Tensor> outputs, String name) {
    Tensor tensor = outputs.get(name);
    if (tensor == null) {
      throw new IllegalStateException(
          "The outer graph gives no '%s', expected among %s.".formatted(name, outputs.keySet()));
    }
    return tensor;
  }

  @Override
  public void close() {
    graph.close();
  }
}

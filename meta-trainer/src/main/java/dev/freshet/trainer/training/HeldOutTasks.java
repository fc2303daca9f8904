package dev.freshet.trainer.training;

import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.MetaGradient;
import dev.freshet.adaptation.runtime.CompiledGraph;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The same tasks at every look, by the graphs without their gradients. */
final class HeldOutTasks implements AutoCloseable {
  private final CompiledGraph graph;
  private final List<List<TrainingTask>> calls = new ArrayList<>();
  private final boolean labels;

  HeldOutTasks(Learner learner, TaskSource source, TrainingSettings settings) {
    this.graph =
        CompiledGraph.of(
            MetaGradient.graph(learner, learner.defaultHeads().get(0), Set.of()),
            settings.device());
    this.labels = learner.heads().get(0).kind() == Head.Kind.CLASSIFICATION;
    for (int call = 0; call < settings.heldOutCalls(); call++) {
      calls.add(source.draw(call, settings.tasksPerCall()));
    }
  }

  HeldOutScore judge(Map<String, Tensor> initialization) {
    double logLoss = 0;
    long tasks = 0;
    long correct = 0;
    long queries = 0;
    for (List<TrainingTask> call : calls) {
      Map<String, Tensor> inputs = new TreeMap<>(initialization);
      inputs.putAll(TaskTensors.of(call));
      Map<String, Tensor> outputs = graph.run(inputs);
      for (float ofTask : OuterStep.output(outputs, MetaGradient.LOSS).toArray()) {
        logLoss += ofTask;
        tasks++;
      }
      correct += !labels ? 0 : correct(call, OuterStep.output(outputs, MetaGradient.SCORES));
      queries += call.stream().mapToLong(task -> task.queries().size()).sum();
    }
    return new HeldOutScore((double) correct / queries, logLoss / tasks);
  }

  private static long correct(List<TrainingTask> call, Tensor scores) {
    int queries = scores.shape().size(1);
    int ways = scores.shape().size(2);
    long correct = 0;
    for (int task = 0; task < call.size(); task++) {
      int query = task * queries;
      for (TrainingTask.Row asked : call.get(task).queries()) {
        correct += best(scores, query++ * ways, ways) == asked.way() ? 1 : 0;
      }
    }
    return correct;
  }

  private static int best(Tensor scores, int from, int ways) {
    int best = 0;
    for (int way = 1; way < ways; way++) {
      best = scores.get(from + way) > scores.get(from + best) ? way : best;
    }
    return best;
  }

  @Override
  public void close() {
    graph.close();
  }
}

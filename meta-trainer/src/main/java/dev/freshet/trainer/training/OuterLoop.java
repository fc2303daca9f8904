package dev.freshet.trainer.training;

import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.MetaGradient;
import dev.freshet.adaptation.runtime.StatefulGraph;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Steps of the outer loop. Where all tasks of a step share a call, a step is one call of ONNX
 * Runtime: gradients, optimiser and all. Where they do not, gradients of the calls are summed in
 * float64, and the optimiser is a graph of its own. Coordinates and moments are float32 and stay in
 * native memory.
 */
final class OuterLoop implements AutoCloseable {
  private final TrainingSettings settings;
  private final MetaParameters parameters;
  private final StatefulGraph graph;

  /** Of steps of several calls. */
  private final Optional<OuterStep> gradients;

  private final Map<String, Tensor> constants;
  private int updates;

  OuterLoop(Learner start, MetaParameters parameters, TrainingSettings settings) {
    this.settings = settings;
    this.parameters = parameters;
    this.constants = start.initialization();
    boolean whole = settings.callsPerStep() == 1;
    this.gradients =
        whole
            ? Optional.empty()
            : Optional.of(new OuterStep(start, parameters.learned(), settings.device()));
    this.graph =
        StatefulGraph.of(
            whole ? OptimizerGraph.step(start, parameters) : OptimizerGraph.move(parameters),
            OptimizerGraph.state(parameters),
            settings.device());
    restore(OptimizerState.fresh(parameters.initial()));
  }

  /** How many steps moved something. */
  int updates() {
    return updates;
  }

  SortedMap<String, double[]> coordinates() {
    return part(OptimizerGraph.COORDINATE);
  }

  OptimizerState state() {
    return new OptimizerState(
        updates, coordinates(), part(OptimizerGraph.MEAN), part(OptimizerGraph.SQUARE));
  }

  /** Goes on where another was; bit for bit, if the other was a graph's. */
  void restore(OptimizerState state) {
    updates = state.updates();
    Map<String, Tensor> tensors = new TreeMap<>();
    put(tensors, OptimizerGraph.COORDINATE, state.coordinates());
    put(tensors, OptimizerGraph.MEAN, state.means());
    put(tensors, OptimizerGraph.SQUARE, state.squares());
    graph.set(tensors);
  }

  /**
   * Makes a step. One whose loss or gradient is not finite changes nothing: an odd task must not
   * end it all.
   *
   * @param step from 0, for the rate's schedule
   * @return the mean loss of the tasks, and whether anything was moved
   */
  Outcome make(List<List<TrainingTask>> calls, int step) {
    Map<String, Tensor> outputs;
    double loss;
    if (gradients.isEmpty()) {
      outputs = whole(calls.get(0), step);
      loss = mean(OuterStep.output(outputs, MetaGradient.LOSS));
    } else {
      OuterStep.Direction direction = gradients.get().of(calls, parameters.tensors(coordinates()));
      outputs = move(direction.gradients(), step);
      loss = direction.loss();
    }
    float norm = OuterStep.output(outputs, OptimizerGraph.GRADIENT_NORM).get(0);
    boolean finite = Double.isFinite(loss) && Float.isFinite(norm);
    if (finite) {
      graph.accept();
      updates++;
    }
    return new Outcome(loss, finite);
  }

  private Map<String, Tensor> whole(List<TrainingTask> tasks, int step) {
    Map<String, Tensor> inputs = new TreeMap<>(constants);
    inputs.putAll(TaskTensors.of(tasks));
    numbers(inputs, step, 1.0 / tasks.size());
    return graph.run(inputs);
  }

  private Map<String, Tensor> move(SortedMap<String, double[]> summed, int step) {
    Map<String, Tensor> inputs = new TreeMap<>();
    summed.forEach((name, own) -> inputs.put(MetaGradient.gradient(name), tensor(name, own)));
    numbers(inputs, step, 1);
    return graph.run(inputs);
  }

  /** What came of a step. */
  record Outcome(double loss, boolean moved) {}

  private void numbers(Map<String, Tensor> inputs, int step, double taskShare) {
    double factor = settings.rateFactor(step);
    int next = updates + 1;
    number(inputs, OptimizerGraph.TASK_SHARE, taskShare);
    number(inputs, OptimizerGraph.NORM_MAX, settings.gradientNormMax());
    number(inputs, OptimizerGraph.NUMBER_RATE, settings.numberRate() * factor);
    number(inputs, OptimizerGraph.WEIGHT_RATE, settings.weightRate() * factor);
    number(inputs, OptimizerGraph.MEAN_SCALE, 1 / (1 - Math.pow(OptimizerGraph.MEAN_KEPT, next)));
    number(
        inputs, OptimizerGraph.SQUARE_SCALE, 1 / (1 - Math.pow(OptimizerGraph.SQUARE_KEPT, next)));
  }

  private static void number(Map<String, Tensor> inputs, String name, double value) {
    inputs.put(name, Tensor.vector((float) value));
  }

  private static double mean(Tensor losses) {
    double sum = 0;
    for (float loss : losses.toArray()) {
      sum += loss;
    }
    return sum / losses.shape().elements();
  }

  private void put(Map<String, Tensor> tensors, String part, SortedMap<String, double[]> values) {
    values.forEach((name, own) -> tensors.put(part + name, tensor(name, own)));
  }

  private Tensor tensor(String name, double[] own) {
    float[] values = new float[own.length];
    for (int i = 0; i < own.length; i++) {
      values[i] = (float) own[i];
    }
    return Tensor.of(parameters.shape(name), values);
  }

  private SortedMap<String, double[]> part(String prefix) {
    SortedMap<String, double[]> found = new TreeMap<>();
    graph
        .state()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), widened(tensor));
              }
            });
    return found;
  }

  private static double[] widened(Tensor tensor) {
    double[] values = new double[tensor.shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.get(i);
    }
    return values;
  }

  @Override
  public void close() {
    graph.close();
    gradients.ifPresent(OuterStep::close);
  }
}

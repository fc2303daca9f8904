package dev.freshet.trainer.parity;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One outer step of MAML or Meta-SGD over two hidden tanh layers, in float64, one task after the
 * other, the first layer in its plain form.
 *
 * <p>DJL has no public second-order gradient; its engine's JNI call has one. That call adds to the
 * gradients of leaves only, so every step differentiates by a fresh zero added to each parameter.
 */
final class PyTorchEpisode implements AutoCloseable {
  private static final String HEAD = "head";
  private static final String HEAD_BIAS = "head_bias";

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final Map<String, NDArray> leaves = new TreeMap<>();
  private final Map<String, Tensor> inputs;
  private final int steps;
  private final int tasks;
  private final int ways;

  PyTorchEpisode(Map<String, Tensor> initialization, Map<String, Tensor> inputs, int steps) {
    this.inputs = inputs;
    this.steps = steps;
    this.tasks = input("support_y").shape().size(0);
    this.ways = input("support_y").shape().size(2);
    initialization.forEach((name, tensor) -> leaves.put(name, array(tensor)));
    leaves.values().forEach(leaf -> leaf.setRequiresGradient(true));
  }

  private static <T> T of(Map<String, T> map, String name) {
    return Objects.requireNonNull(map.get(name), name);
  }

  private Tensor input(String name) {
    return of(inputs, name);
  }

  private NDArray array(Tensor tensor) {
    float[] floats = tensor.toArray();
    double[] values = IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
    long[] sizes = IntStream.of(tensor.shape().toArray()).asLongStream().toArray();
    return manager.create(values, new Shape(sizes));
  }

  /** One task's part of an input. */
  private NDArray input(String name, int task) {
    return array(input(name)).get(task);
  }

  private NDArray leaf(String name) {
    return of(leaves, name);
  }

  /** Of the sum of the queries' losses, by every tensor of the initialisation. */
  @SuppressWarnings("try") // The collector is open for what it switches on, not to be called.
  Map<String, double[]> gradients() {
    try (GradientCollector collecting = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray loss = manager.create(0.0);
      for (int task = 0; task < tasks; task++) {
        loss = loss.add(queryLoss(task));
      }
      // The steps have left their own gradients in the leaves: only what comes now counts.
      Map<String, double[]> before = read();
      backward(loss, false);
      Map<String, double[]> after = read();
      after.replaceAll((name, values) -> minus(values, of(before, name)));
      return after;
    }
  }

  private static double[] minus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }

  private Map<String, double[]> read() {
    Map<String, double[]> gradients = new TreeMap<>();
    // Before the first backward pass DJL makes up zeros, in float32.
    leaves.forEach(
        (name, leaf) ->
            gradients.put(name, leaf.getGradient().toType(DataType.FLOAT64, true).toDoubleArray()));
    return gradients;
  }

  private static void backward(NDArray loss, boolean again) {
    NDArray one = loss.getManager().create(1.0);
    JniUtils.backward((PtNDArray) loss, (PtNDArray) one, again, again);
  }

  private NDArray queryLoss(int task) {
    return ways == 1 ? queryLossOfNumbers(task) : queryLossOfLabels(task);
  }

  private NDArray queryLossOfNumbers(int task) {
    Map<String, NDArray> parameters = body();
    parameters.put(HEAD, leaf("start_head"));
    parameters.put(HEAD_BIAS, leaf("start_head_bias"));
    NDArray x = input("support_x", task);
    NDArray y = input("support_y", task);
    for (int step = 0; step < steps; step++) {
      step(parameters, moved -> logits(moved, x).sub(y).square().mean());
    }
    NDArray weight = input("query_weight", task).reshape(-1, 1);
    NDArray error = logits(parameters, input("query_x", task)).sub(input("query_y", task));
    return error.square().mul(weight).sum();
  }

  private Map<String, NDArray> body() {
    Map<String, NDArray> parameters = new LinkedHashMap<>();
    for (String name :
        new String[] {"layer1_weight", "layer1_bias", "layer2_weight", "layer2_bias"}) {
      parameters.put(name, leaf(name));
    }
    return parameters;
  }

  private NDArray queryLossOfLabels(int task) {
    NDArray x = input("support_x", task);
    NDArray y = input("support_y", task);
    NDArray names = input("support_name", task);
    NDArray row = names.mul(leaf("name_weight").sub(1)).add(1).reshape(-1, 1);

    Map<String, NDArray> parameters = body();
    NDArray share = y.mul(row).div(y.mul(row).sum(new int[] {0}, true));
    NDArray rowLoss = share.sum(new int[] {1}, true).div(ways);
    startHead(parameters, body(parameters, x), y, row, share);
    for (int step = 0; step < steps; step++) {
      NDArray target = y.mul(rowLoss);
      step(parameters, moved -> logits(moved, x).logSoftmax(1).mul(target).sum().neg());
    }
    NDArray scale = scale(names);
    NDArray logits = logits(parameters, input("query_x", task)).mul(scale);
    NDArray weight = input("query_weight", task).reshape(-1, 1);
    return logits.logSoftmax(1).mul(input("query_y", task)).mul(weight).sum().neg();
  }

  private static NDArray body(Map<String, NDArray> p, NDArray x) {
    NDArray h = x.matMul(of(p, "layer1_weight")).add(of(p, "layer1_bias")).tanh();
    return h.matMul(of(p, "layer2_weight")).add(of(p, "layer2_bias")).tanh();
  }

  private static NDArray logits(Map<String, NDArray> p, NDArray x) {
    return body(p, x).matMul(of(p, HEAD).transpose()).add(of(p, HEAD_BIAS));
  }

  private void startHead(Map<String, NDArray> p, NDArray h, NDArray y, NDArray row, NDArray share) {
    int[] overRows = {0};
    NDArray weight = y.mul(row).sum(overRows);
    NDArray part = y.mul(row.mul(row)).sum(overRows).div(weight.mul(weight));
    NDArray squares = h.mul(h).sum(new int[] {1}, true);
    NDArray meanSquare = share.mul(squares).sum(overRows);
    NDArray means = share.transpose().matMul(h);
    NDArray norms = means.mul(means).sum(new int[] {1});
    NDArray freedom = part.neg().add(1).sum();
    NDArray variance = meanSquare.sub(norms).sum().maximum(0).div(freedom.maximum(0.01));
    NDArray scale = leaf("log_head_scale").exp();
    p.put(HEAD, means.mul(scale));
    p.put(HEAD_BIAS, variance.mul(part).sub(norms).mul(0.5).mul(scale));
  }

  private void step(
      Map<String, NDArray> parameters, Function<Map<String, NDArray>, NDArray> lossOf) {
    Map<String, NDArray> zeros = new LinkedHashMap<>();
    Map<String, NDArray> moved = new LinkedHashMap<>();
    parameters.forEach(
        (name, parameter) -> {
          NDArray zero = manager.zeros(parameter.getShape(), DataType.FLOAT64);
          zero.setRequiresGradient(true);
          zeros.put(name, zero);
          moved.put(name, parameter.add(zero));
        });
    NDArray loss = lossOf.apply(moved);
    backward(loss, true);
    zeros.forEach(
        (name, zero) -> {
          NDArray gradient = JniUtils.getGradient((PtNDArray) zero);
          NDArray move = gradient.mul(leaf("rate_" + name));
          parameters.computeIfPresent(name, (unused, parameter) -> parameter.sub(move));
        });
  }

  private NDArray scale(NDArray names) {
    double examples = names.size() - names.sum().getDouble();
    NDArray ofWays = manager.create((double) ways).pow(leaf("ways_power"));
    NDArray ofShots = manager.create(1 + examples / ways).pow(leaf("shots_power"));
    return leaf("log_temperature").exp().mul(ofWays).mul(ofShots);
  }

  @Override
  public void close() {
    manager.close();
  }
}

package dev.freshet.trainer.bench;

import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.runtime.CompiledGraph;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.runtime.PreparedRun;
import dev.freshet.adaptation.tensor.Tensor;
import dev.freshet.encoders.FloatMiniLmEncoder;
import dev.freshet.trainer.embedding.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Measures a device. */
public final class DeviceBench {
  private static final int PARITY_TASKS = 64;

  private final DeviceBenchSettings settings;
  private final Progress progress;
  private final Stopwatch watch;
  private long done;

  private DeviceBench(DeviceBenchSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
    this.watch = new Stopwatch(settings.secondsEach());
  }

  /**
   * Measures, one thing after the other.
   *
   * @param progress told of "measuring"
   * @throws IllegalStateException with the reason if the device cannot be used
   */
  public static DeviceReport run(DeviceBenchSettings settings, Progress progress) {
    return new DeviceBench(settings, progress).run();
  }

  private DeviceReport run() {
    double copy = Ceilings.copyGigabytes(settings.device(), settings.copySize(), watch);
    step();
    double input = Ceilings.inputGigabytes(settings.device(), settings.copySize(), watch);
    step();
    double product = Ceilings.productGigaflops(settings.device(), settings.productSize(), watch);
    step();
    List<DeviceReport.Row> rows = new ArrayList<>();
    List<DeviceReport.Parity> parity = new ArrayList<>();
    for (DeviceWork work : DeviceWork.values()) {
      Learner learner = work.learner();
      Graph graph = work.graph(learner);
      parity.add(parity(work, learner, graph));
      for (int tasks : settings.tasksPerCall()) {
        rows.add(row(work, learner, graph, tasks));
        step();
      }
    }
    parity.add(servedParity());
    for (int tasks : settings.tasksPerCall()) {
      rows.add(served(tasks));
      step();
    }
    OptionalDouble encoded = encoding(parity);
    return new DeviceReport(settings.device(), copy, input, product, encoded, rows, parity);
  }

  private OptionalDouble encoding(List<DeviceReport.Parity> parity) {
    if (!FloatMiniLmEncoder.isAvailable()) {
      return OptionalDouble.empty();
    }
    EncodingRate rate = EncodingRate.measure(settings.device(), settings.secondsEach());
    OptionalDouble alone = OptionalDouble.of(rate.inOtherCompany());
    parity.add(
        new DeviceReport.Parity(DeviceReport.ENCODE, rate.difference(), rate.again(), alone));
    return OptionalDouble.of(rate.textsPerSecond());
  }

  private void step() {
    int steps = 3 + (1 + DeviceWork.values().length) * settings.tasksPerCall().size();
    progress.at("measuring", ++done, steps);
  }

  private DeviceReport.Row row(DeviceWork work, Learner learner, Graph graph, int tasks) {
    Map<String, Tensor> inputs = work.inputs(learner, tasks);
    try (CompiledGraph compiled = CompiledGraph.of(graph, settings.device());
        PreparedRun run = compiled.prepare(inputs)) {
      double rate = tasks / watch.secondsPerRun(run::run);
      long floats = 0;
      for (String name : graph.inputs().keySet()) {
        floats += floats(inputs, name);
      }
      return new DeviceReport.Row(work.id(), tasks, rate, (double) floats * Float.BYTES / tasks);
    }
  }

  private static long floats(Map<String, Tensor> inputs, String name) {
    return inputs.getOrDefault(name, Tensor.vector()).shape().elements();
  }

  private DeviceReport.Parity parity(DeviceWork work, Learner learner, Graph graph) {
    Map<String, Tensor> inputs = work.inputs(learner, PARITY_TASKS);
    try (CompiledGraph here = CompiledGraph.of(graph, Device.CPU);
        CompiledGraph there = CompiledGraph.of(graph, settings.device())) {
      Map<String, Tensor> answers = there.run(inputs);
      return new DeviceReport.Parity(
          work.id(),
          difference(here.run(inputs), answers),
          difference(answers, there.run(inputs)),
          OptionalDouble.empty());
    }
  }

  private DeviceReport.Row served(int tasks) {
    try (ServedWork work = new ServedWork(settings.device(), tasks)) {
      double rate = tasks / watch.secondsPerRun(work::adapt);
      return new DeviceReport.Row(ServedWork.ID, tasks, rate, work.bytesPerTask());
    }
  }

  private DeviceReport.Parity servedParity() {
    try (ServedWork here = new ServedWork(Device.CPU, PARITY_TASKS);
        ServedWork there = new ServedWork(settings.device(), PARITY_TASKS)) {
      float[] answers = there.answers(there.adapt());
      return new DeviceReport.Parity(
          ServedWork.ID,
          difference(here.answers(here.adapt()), answers),
          difference(answers, there.answers(there.adapt())),
          OptionalDouble.of(difference(answers, there.answersAlone())));
    }
  }

  private static double difference(float[] expected, float[] got) {
    return difference(Tensor.vector(got), Tensor.vector(expected));
  }

  /** The largest of any output. */
  private static double difference(Map<String, Tensor> expected, Map<String, Tensor> got) {
    double largest = 0;
    for (var output : got.entrySet()) {
      Tensor wanted = expected.getOrDefault(output.getKey(), Tensor.vector());
      largest = Math.max(largest, difference(output.getValue(), wanted));
    }
    return largest;
  }

  /** In parts of the largest number expected; where all are zero, of one. */
  private static double difference(Tensor got, Tensor expected) {
    double difference = 0;
    double size = 0;
    for (int i = 0; i < expected.shape().elements(); i++) {
      // What is far below every logit has no digits to compare.
      if (Math.abs(expected.get(i)) < 1e30f) {
        difference = Math.max(difference, Math.abs((double) got.get(i) - expected.get(i)));
        size = Math.max(size, Math.abs(expected.get(i)));
      }
    }
    return difference / (size > 0 ? size : 1);
  }
}

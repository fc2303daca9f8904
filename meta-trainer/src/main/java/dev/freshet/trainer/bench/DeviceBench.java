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
import java.util.TreeMap;

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
    double product = Ceilings.productGigaflops(settings.device(), settings.productSize(), watch);
    step();
    List<DeviceReport.Row> rows = new ArrayList<>();
    List<DeviceReport.Parity> parity = new ArrayList<>();
    for (DeviceWork work : DeviceWork.values()) {
      Learner learner = work.learner();
      Graph graph = work.graph(learner);
      parity.add(new DeviceReport.Parity(work.id(), difference(work, learner, graph)));
      for (int tasks : settings.tasksPerCall()) {
        rows.add(new DeviceReport.Row(work.id(), tasks, rate(work, learner, graph, tasks)));
        step();
      }
    }
    return new DeviceReport(settings.device(), copy, product, encoding(parity), rows, parity);
  }

  private OptionalDouble encoding(List<DeviceReport.Parity> parity) {
    if (!FloatMiniLmEncoder.isAvailable()) {
      return OptionalDouble.empty();
    }
    EncodingRate rate = EncodingRate.measure(settings.device(), settings.secondsEach());
    parity.add(new DeviceReport.Parity("encode", rate.difference()));
    return OptionalDouble.of(rate.textsPerSecond());
  }

  private void step() {
    int steps = 2 + DeviceWork.values().length * settings.tasksPerCall().size();
    progress.at("measuring", ++done, steps);
  }

  private double rate(DeviceWork work, Learner learner, Graph graph, int tasks) {
    try (CompiledGraph compiled = CompiledGraph.of(graph, settings.device());
        PreparedRun run = compiled.prepare(work.inputs(learner, tasks))) {
      return tasks / watch.secondsPerRun(run);
    }
  }

  private double difference(DeviceWork work, Learner learner, Graph graph) {
    Map<String, Tensor> inputs = work.inputs(learner, PARITY_TASKS);
    try (CompiledGraph here = CompiledGraph.of(graph, Device.CPU);
        CompiledGraph there = CompiledGraph.of(graph, settings.device())) {
      Map<String, Tensor> expected = new TreeMap<>(here.run(inputs));
      double largest = 0;
      for (var output : there.run(inputs).entrySet()) {
        Tensor wanted = expected.getOrDefault(output.getKey(), Tensor.vector());
        largest = Math.max(largest, difference(output.getValue(), wanted));
      }
      return largest;
    }
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

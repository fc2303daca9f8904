package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.learner.AnilLearner;
import dev.freshet.adaptation.learner.EnsembleLearner;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Learners;
import dev.freshet.adaptation.learner.MetaGradient;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Inner loops per second on one thread, as graphs: batched, two and one task a call, and as a plain
 * Java loop.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
public class GradientBenchmark {
  /** Tasks an invocation, however many calls they take. */
  static final int TASKS = 256;

  /** What is adapted, and how many tasks go into one call. */
  public enum Work {
    MLP_64_64_64_5_MAML(25, 5, 32),
    MLP_64_64_64_5_META_SGD(25, 5, 32),
    MLP_64_64_64_5_META_GRADIENT(25, 5, 32),
    MLP_384_128_20_LOW_RANK(20, 20, 32),
    MLP_384_128_20_DENSE(20, 20, 16),
    MLP_384_128_20_META_SGD(20, 20, 16),
    LINEAR_384_5_STEPS_5(25, 5, 128),
    LINEAR_384_5_STEPS_15(25, 5, 128),
    LDA_384_5(25, 5, 128),
    ENSEMBLE_384_5(25, 5, 128);

    private final int support;
    private final int ways;
    private final int tasksPerCall;

    Work(int support, int ways, int tasksPerCall) {
      this.support = support;
      this.ways = ways;
      this.tasksPerCall = tasksPerCall;
    }

    Learner learner() {
      Map<String, Double> small = Map.of("hidden1", 64.0, "hidden2", 64.0);
      return switch (this) {
        case MLP_64_64_64_5_MAML, MLP_64_64_64_5_META_GRADIENT -> Learners.MAML.create(64, small);
        case MLP_64_64_64_5_META_SGD -> Learners.META_SGD.create(64, small);
        case MLP_384_128_20_LOW_RANK ->
            Learners.MAML.create(384, Map.of("hidden1", 128.0, "lowRank", 1.0));
        case MLP_384_128_20_DENSE ->
            Learners.MAML.create(384, Map.of("hidden1", 128.0, "lowRank", 0.0));
        case MLP_384_128_20_META_SGD -> Learners.META_SGD.create(384, Map.of("hidden1", 128.0));
        case LINEAR_384_5_STEPS_5 -> Learners.ANIL.create(384, Map.of("steps", 5.0));
        case LINEAR_384_5_STEPS_15 -> new AnilLearner(384);
        case LDA_384_5 -> Learners.LDA.create(384, Map.of());
        case ENSEMBLE_384_5 -> EnsembleLearner.of(384);
      };
    }

    Graph graph() {
      return this == MLP_64_64_64_5_META_GRADIENT
          ? MetaGradient.graph(learner())
          : learner().adaptGraph();
    }
  }

  @Param public Work work = Work.MLP_64_64_64_5_MAML;

  /** 0: as many as suit the work. */
  @Param({"0", "2", "1"})
  public int tasksPerCall;

  private CompiledGraph graph = CompiledGraph.of(new AnilLearner(2).adaptGraph(), Device.CPU);
  private Map<String, Tensor> inputs = Map.of();
  private int calls;
  private final PlainLoop plain = new PlainLoop(25, 5, 64, 64, 64, 5);

  /** Makes the tasks. */
  @Setup
  public void prepare() {
    int tasks = tasksPerCall == 0 ? work.tasksPerCall : tasksPerCall;
    calls = TASKS / tasks;
    graph.close();
    graph = CompiledGraph.of(work.graph(), Device.CPU);
    inputs = inputs(work, tasks);
  }

  /** Lets go of native memory. */
  @TearDown
  public void close() {
    graph.close();
  }

  private static Map<String, Tensor> inputs(Work work, int tasks) {
    return inputs(work.learner(), work.support, work.ways, tasks);
  }

  /** Even counts, no names. */
  static Map<String, Tensor> inputs(Learner learner, int rows, int ways, int tasks) {
    Map<String, Tensor> inputs = new TreeMap<>(learner.initialization());
    Random random = new Random(1);
    inputs.put("support_x", vectors(random, tasks, rows, learner.features()));
    inputs.put("support_y", labels(tasks, rows, ways));
    inputs.put("support_mask", Tensor.full(Shape.of(tasks, rows), 1f));
    inputs.put("support_name", Tensor.full(Shape.of(tasks, rows), 0f));
    inputs.put("support_square", Tensor.full(Shape.of(tasks, rows), 1f));
    inputs.put("way_mask", Tensor.full(Shape.of(tasks, ways), 1f));
    inputs.put("query_x", vectors(random, tasks, rows, learner.features()));
    inputs.put("query_y", labels(tasks, rows, ways));
    inputs.put("query_weight", Tensor.full(Shape.of(tasks, rows), 1f / rows));
    return inputs;
  }

  /** Of unit length. */
  static Tensor vectors(Random random, int tasks, int rows, int features) {
    float[] values = new float[tasks * rows * features];
    for (int row = 0; row < tasks * rows; row++) {
      double square = 0;
      for (int f = 0; f < features; f++) {
        float value = (float) random.nextGaussian();
        values[row * features + f] = value;
        square += value * value;
      }
      for (int f = 0; f < features; f++) {
        values[row * features + f] /= (float) Math.sqrt(square);
      }
    }
    return Tensor.of(Shape.of(tasks, rows, features), values);
  }

  private static Tensor labels(int tasks, int rows, int ways) {
    float[] values = new float[tasks * rows * ways];
    for (int row = 0; row < tasks * rows; row++) {
      values[row * ways + row % ways] = 1f;
    }
    return Tensor.of(Shape.of(tasks, rows, ways), values);
  }

  /** As a graph. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public Map<String, Tensor> graph() {
    Map<String, Tensor> last = Map.of();
    for (int call = 0; call < calls; call++) {
      last = graph.run(inputs);
    }
    return last;
  }

  /** The 64-64-64-5 network in plain Java, whatever the work. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public float plainJava() {
    float last = 0;
    for (int task = 0; task < TASKS; task++) {
      last += plain.adapt();
    }
    return last;
  }
}

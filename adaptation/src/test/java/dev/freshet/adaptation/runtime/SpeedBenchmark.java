package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.learner.EnsembleLearner;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Learners;
import dev.freshet.adaptation.learner.MetaGradient;
import dev.freshet.adaptation.learner.PrototypeLearner;
import java.util.Map;
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
 * Tasks a second on one thread: graphs that hold a batch, the same graphs one task a call, and a
 * loop in plain Java. Inputs lie in native memory; what the runtime takes to fill them and to hand
 * parameters out is in {@link PrototypeBenchmark} and {@link AdapterBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC") // as the launcher runs
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class SpeedBenchmark {
  /** Tasks an invocation, however many calls they take. */
  static final int TASKS = 256;

  /** Support, ways, tasks that suit a call, and steps of the plain loop. */
  public enum Work {
    MLP_64_64_64_5(25, 5, 32, 5),
    /** Beside it the inner loop alone: a second derivative by hand is nobody's loop. */
    MLP_64_64_64_5_META_GRADIENT(25, 5, 32, 5),
    /** Dual form; task parameters of the support's size. */
    MLP_384_128_20(20, 20, 32, 5),
    /** Dual form; task parameters of the layer's size. */
    MLP_384_128_20_DENSE(20, 20, 16, 5),
    LINEAR_HEAD_384(25, 5, 128, 5),
    /** Beside it the means alone, as a loop of no steps. */
    PROTOTYPES_384(25, 5, 64, 0),
    /** What ships; beside it a linear head of 15 steps. */
    ENSEMBLE_384(25, 5, 64, 15);

    private final int support;
    private final int ways;
    private final int tasksPerCall;
    private final int plainSteps;

    Work(int support, int ways, int tasksPerCall, int plainSteps) {
      this.support = support;
      this.ways = ways;
      this.tasksPerCall = tasksPerCall;
      this.plainSteps = plainSteps;
    }

    Learner learner() {
      return switch (this) {
        case MLP_64_64_64_5, MLP_64_64_64_5_META_GRADIENT ->
            Learners.MAML.create(64, Map.of("hidden1", 64.0, "hidden2", 64.0));
        case MLP_384_128_20 -> Learners.MAML.create(384, Map.of("hidden1", 128.0, "lowRank", 1.0));
        case MLP_384_128_20_DENSE -> Learners.MAML.create(384, Map.of("hidden1", 128.0));
        case LINEAR_HEAD_384 -> Learners.ANIL.create(384, Map.of("steps", 5.0));
        case PROTOTYPES_384 -> new PrototypeLearner(384);
        case ENSEMBLE_384 -> EnsembleLearner.of(384);
      };
    }

    /** Of the plain loop. */
    int[] widths() {
      return switch (this) {
        case MLP_64_64_64_5, MLP_64_64_64_5_META_GRADIENT -> new int[] {64, 64, 64, 5};
        case MLP_384_128_20, MLP_384_128_20_DENSE -> new int[] {384, 128, 20};
        case LINEAR_HEAD_384, PROTOTYPES_384, ENSEMBLE_384 -> new int[] {384, 5};
      };
    }

    Graph graph() {
      return this == MLP_64_64_64_5_META_GRADIENT
          ? MetaGradient.graph(learner())
          : learner().adaptGraph();
    }
  }

  @Param public Work work = Work.MLP_64_64_64_5;

  private CompiledGraph[] graphs = new CompiledGraph[0];
  private PreparedRun[] runs = new PreparedRun[0];
  private PlainLoop plain = new PlainLoop(2, 1, 2, 2);

  /** Makes the tasks. A call that is prepared has its graph to itself. */
  @Setup
  public void prepare() {
    int[] tasks = {work.tasksPerCall, 1};
    graphs = new CompiledGraph[tasks.length];
    runs = new PreparedRun[tasks.length];
    for (int i = 0; i < tasks.length; i++) {
      graphs[i] = CompiledGraph.of(work.graph(), Device.CPU);
      runs[i] =
          graphs[i].prepare(
              GradientBenchmark.inputs(work.learner(), work.support, work.ways, tasks[i]));
    }
    plain = new PlainLoop(work.support, work.plainSteps, work.widths());
  }

  /** Lets go of native memory. */
  @TearDown
  public void close() {
    for (int i = 0; i < runs.length; i++) {
      runs[i].close();
      graphs[i].close();
    }
  }

  /** As many tasks a call as suit the work. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public void batched() {
    for (int call = 0; call < TASKS / work.tasksPerCall; call++) {
      runs[0].run();
    }
  }

  /** The same graph, one task a call. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public void unbatched() {
    for (int call = 0; call < TASKS; call++) {
      runs[1].run();
    }
  }

  /** In plain Java. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public float plainJava() {
    float last = 0;
    for (int task = 0; task < TASKS; task++) {
      last += work.plainSteps == 0 ? plain.means() : plain.adapt();
    }
    return last;
  }
}

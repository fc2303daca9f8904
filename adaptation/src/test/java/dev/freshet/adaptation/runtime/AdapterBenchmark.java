package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.learner.AnilLearner;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Learners;
import dev.freshet.adaptation.learner.PrototypeLearner;
import java.util.ArrayList;
import java.util.List;
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

/** Tasks per second on one thread through the runtime, which decides how many share a call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC") // as the launcher runs
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
public class AdapterBenchmark {
  /** Tasks an invocation, however many calls they take. */
  static final int TASKS = 256;

  private static final int QUERIES = 4;

  /** What is adapted, and how low-rank task parameters do beside dense ones. */
  public enum Work {
    PROTOTYPE_384_5(384, 5, 5),
    LINEAR_384_5(384, 5, 5),
    META_SGD_64_64_64_5(64, 5, 5),
    MAML_64_64_64_5_DENSE(64, 5, 5),
    MAML_64_64_64_5_LOW_RANK(64, 5, 5),
    MAML_384_128_20_DENSE(384, 20, 1),
    MAML_384_128_20_LOW_RANK(384, 20, 1),
    MAML_384_128_20_OF_100_DENSE(384, 20, 5),
    MAML_384_128_20_OF_100_LOW_RANK(384, 20, 5),
    MAML_384_128_5_OF_400_DENSE(384, 5, 80),
    MAML_384_128_5_OF_400_LOW_RANK(384, 5, 80);

    private final int features;
    private final int ways;
    private final int shots;

    Work(int features, int ways, int shots) {
      this.features = features;
      this.ways = ways;
      this.shots = shots;
    }

    Learner learner() {
      Map<String, Double> small = Map.of("hidden1", 64.0, "hidden2", 64.0);
      return switch (this) {
        case PROTOTYPE_384_5 -> new PrototypeLearner(features);
        case LINEAR_384_5 -> new AnilLearner(features);
        case META_SGD_64_64_64_5 -> Learners.META_SGD.create(features, small);
        case MAML_64_64_64_5_DENSE -> maml(64, 64, 0);
        case MAML_64_64_64_5_LOW_RANK -> maml(64, 64, 1);
        case MAML_384_128_20_DENSE, MAML_384_128_20_OF_100_DENSE, MAML_384_128_5_OF_400_DENSE ->
            maml(128, 0, 0);
        case MAML_384_128_20_LOW_RANK,
            MAML_384_128_20_OF_100_LOW_RANK,
            MAML_384_128_5_OF_400_LOW_RANK ->
            maml(128, 0, 1);
      };
    }

    private Learner maml(double hidden1, double hidden2, double lowRank) {
      return Learners.MAML.create(
          features, Map.of("hidden1", hidden1, "hidden2", hidden2, "lowRank", lowRank));
    }
  }

  @Param public Work work = Work.PROTOTYPE_384_5;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final Adapter adapter = new Adapter();
  private final List<SupportSet> supports = new ArrayList<>();
  private final List<PredictQuery> queries = new ArrayList<>();
  private LoadedRelease release = load(new PrototypeLearner(2));

  private LoadedRelease load(Learner learner) {
    LoadedRelease loaded = new ReleaseLoader(Device.CPU).load(Releases.of("bench", learner));
    open.add(loaded);
    return loaded;
  }

  /** Makes the tasks, and adapts them once for their queries. */
  @Setup
  public void prepare() {
    release = load(work.learner());
    RandomTasks tasks = new RandomTasks(1, work.features);
    for (int i = 0; i < TASKS; i++) {
      supports.add(tasks.even(work.ways, work.shots));
    }
    for (AdaptedTask task : adapter.adapt(release, supports)) {
      for (int i = 0; i < QUERIES; i++) {
        queries.add(new PredictQuery(task, "label", tasks.vector()));
      }
    }
  }

  /** Lets go of native memory. */
  @TearDown
  public void close() throws Exception {
    adapter.close();
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  /** From supports to task parameters. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public List<AdaptedTask> adapt() {
    return adapter.adapt(release, supports);
  }

  /** Four queries of each task. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public List<float[]> predict() {
    return adapter.predict(release, queries);
  }
}

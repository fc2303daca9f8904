package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.learner.PrototypeLearner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Adaptations and queries per second on one thread: 384 features, 5 ways, 5 shots. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC") // as the launcher runs
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
public class PrototypeBenchmark {
  private static final int FEATURES = 384;
  private static final int WAYS = 5;
  private static final int TASKS = 512;

  private final LoadedRelease release =
      new ReleaseLoader(Device.CPU).load(Releases.of("bench", new PrototypeLearner(FEATURES)));
  private final Adapter adapter = new Adapter();
  private final List<SupportSet> supports = new ArrayList<>();
  private final List<PredictQuery> queries = new ArrayList<>();

  /** Makes the tasks. */
  @Setup
  public void prepare() {
    RandomTasks tasks = new RandomTasks(1, FEATURES);
    for (int i = 0; i < TASKS; i++) {
      supports.add(tasks.even(WAYS, 5));
    }
    for (AdaptedTask task : adapter.adapt(release, supports)) {
      queries.add(new PredictQuery(task, "label", tasks.vector()));
    }
  }

  /** Lets go of native memory. */
  @TearDown
  public void close() {
    adapter.close();
    release.close();
  }

  /** Through the adapter: ragged tasks in, parameters out. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public List<AdaptedTask> adapt() {
    return adapter.adapt(release, supports);
  }

  /** One query a task. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public List<float[]> predict() {
    return adapter.predict(release, queries);
  }

  /** The same prototypes as a loop, without counts, names or temperature: what to stand beside. */
  @Benchmark
  @OperationsPerInvocation(TASKS)
  public List<float[][]> plainJava() {
    List<float[][]> results = new ArrayList<>(TASKS);
    for (SupportSet support : supports) {
      results.add(means(support));
    }
    return results;
  }

  private static float[][] means(SupportSet support) {
    float[][] means = new float[WAYS][FEATURES];
    int[] counts = new int[WAYS];
    for (SupportSet.Row row : support.rowList()) {
      counts[row.way]++;
      float[] mean = means[row.way];
      float[] vector = row.vector.values();
      for (int f = 0; f < FEATURES; f++) {
        mean[f] += vector[f];
      }
    }
    for (int way = 0; way < WAYS; way++) {
      float scale = 1f / counts[way];
      for (int f = 0; f < FEATURES; f++) {
        means[way][f] *= scale;
      }
    }
    return means;
  }
}

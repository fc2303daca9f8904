package dev.freshet.adaptation.runtime;

import dev.freshet.adaptation.items.Catalogue;
import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.scoring.ScoringLearners;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Users a second on one thread, through the runtime and in plain Java: adapted to twenty events,
 * answered about a hundred candidates, and with the best ten of fifty thousand items.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC") // as the launcher runs
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class RankingBenchmark {
  private static final ItemLayout LAYOUT = new ItemLayout(8, 32);
  private static final int USERS = 256;
  private static final int TOP_USERS = 64;
  private static final int EVENTS = 20;
  private static final int CANDIDATES = 100;
  private static final int ITEMS = 50_000;
  private static final int BACKGROUND = 8192;
  private static final int K = 10;

  private final Readers readers = new Readers(LAYOUT, 1);
  private final Adapter adapter = new Adapter();
  private final List<LoadedRelease> releases = new ArrayList<>();
  private final List<SupportSet> supports = new ArrayList<>();
  private final List<PredictQuery> ratings = new ArrayList<>();
  private final List<TopQuery> tops = new ArrayList<>();
  private final List<TopQuery> topsByRating = new ArrayList<>();
  private Catalogue catalogue = Catalogue.of(readers.table(1));
  private PlainReaders plain = new PlainReaders(LAYOUT, new float[0], 1, 1);

  /** Makes the users and adapts some. */
  @Setup
  public void prepare() {
    Learner rating = ScoringLearners.SET_ENCODER.create(LAYOUT, Map.of(), "rating");
    releases.add(load("rating", rating));
    releases.add(load("rank", readers.ranker(BACKGROUND)));
    for (int user = 0; user < USERS; user++) {
      supports.add(readers.user(EVENTS));
    }
    catalogue = Catalogue.of(readers.table(ITEMS));
    float[] rows = new float[ITEMS * LAYOUT.features()];
    for (int i = 0; i < ITEMS; i++) {
      catalogue.copyRow(i, rows, i * LAYOUT.features());
    }
    plain = new PlainReaders(LAYOUT, rows, EVENTS, CANDIDATES);
    for (AdaptedTask task : adapter.adapt(releases.get(0), supports)) {
      for (int i = 0; i < CANDIDATES; i++) {
        ratings.add(new PredictQuery(task, "rating", readers.row()));
      }
    }
    for (AdaptedTask task : adapter.adapt(releases.get(0), supports.subList(0, TOP_USERS))) {
      topsByRating.add(TopQuery.all(task, K));
    }
    for (AdaptedTask task : adapter.adapt(releases.get(1), supports.subList(0, TOP_USERS))) {
      tops.add(TopQuery.all(task, K));
    }
  }

  private static LoadedRelease load(String id, Learner learner) {
    return new ReleaseLoader(Device.CPU).load(Releases.of(id, learner));
  }

  /** Lets go of native memory. */
  @TearDown
  public void close() {
    adapter.close();
    releases.forEach(LoadedRelease::close);
  }

  /** The default head for ratings. */
  @Benchmark
  @OperationsPerInvocation(USERS)
  public List<AdaptedTask> adapt() {
    return adapter.adapt(releases.get(0), supports);
  }

  /** The default head for orders; its inner loop runs over the background. */
  @Benchmark
  @OperationsPerInvocation(TOP_USERS)
  public List<AdaptedTask> adaptRanking() {
    return adapter.adapt(releases.get(1), supports.subList(0, TOP_USERS));
  }

  /** Ridge posterior by a Cholesky factor, then the set encoder. */
  @Benchmark
  @OperationsPerInvocation(USERS)
  public float adaptPlain() {
    float last = 0;
    for (int user = 0; user < USERS; user++) {
      last += plain.adapt();
    }
    return last;
  }

  /** Ratings of a hundred items each. */
  @Benchmark
  @OperationsPerInvocation(USERS)
  public List<float[]> candidates() {
    return adapter.predict(releases.get(0), ratings);
  }

  /** For one user alone. */
  @Benchmark
  public List<float[]> candidatesOfOne() {
    return adapter.predict(releases.get(0), ratings.subList(0, CANDIDATES));
  }

  /** The same network, item by item. */
  @Benchmark
  @OperationsPerInvocation(USERS)
  public float candidatesPlain() {
    float last = 0;
    for (int user = 0; user < USERS; user++) {
      last += plain.candidates();
    }
    return last;
  }

  /** Of many users in one call. */
  @Benchmark
  @OperationsPerInvocation(TOP_USERS)
  public List<List<RankedItem>> top() {
    return adapter.top(releases.get(1), "rank", catalogue, tops);
  }

  /** By the default head for ratings, whose network looks at every item. */
  @Benchmark
  @OperationsPerInvocation(TOP_USERS)
  public List<List<RankedItem>> topByRating() {
    return adapter.top(releases.get(0), "rating", catalogue, topsByRating);
  }

  /** For one user alone. */
  @Benchmark
  public List<List<RankedItem>> topOfOne() {
    return adapter.top(releases.get(1), "rank", catalogue, tops.subList(0, 1));
  }

  /** A product with each row, and the same selection. */
  @Benchmark
  public List<RankedItem> topPlain() {
    return plain.top(K);
  }
}

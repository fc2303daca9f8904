package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.learner.DelegatingLearner;
import dev.freshet.adaptation.learner.PrototypeLearner;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.release.ReleaseDamagedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ReleaseLoaderTest {
  private final SessionPool pool = new SessionPool();
  private final ReleaseLoader loader = new ReleaseLoader(Engine.CPU, pool);

  private static Release prototypes(String id, double temperature) {
    Settings settings = Settings.of(PrototypeLearner.SETTINGS, Map.of("temperature", temperature));
    return Releases.of(id, new PrototypeLearner(2, settings));
  }

  @Test
  void releasesThatDifferInWeightsAloneShareTheirSessions() {
    LoadedRelease cold = loader.load(prototypes("cold", 5));
    LoadedRelease hot = loader.load(prototypes("hot", 50));
    assertThat(pool.open()).isEqualTo(2);
    assertThat(hot.adaptSession()).isSameAs(cold.adaptSession());
    assertThat(certainty(hot)).isGreaterThan(certainty(cold));

    cold.close();
    cold.close();
    assertThat(certainty(hot)).isGreaterThan(0.9f);
    hot.close();
    assertThat(pool.open()).isZero();
  }

  private static float certainty(LoadedRelease release) {
    SupportSet support =
        SupportSet.builder(2, 2).name(0, new float[] {1, 0}).name(1, new float[] {0, 1}).build();
    try (Adapter adapter = new Adapter()) {
      AdaptedTask task = adapter.adapt(release, List.of(support)).get(0);
      PredictQuery query = new PredictQuery(task, "label", new float[] {1, 0.8f});
      return adapter.predict(release, List.of(query)).get(0)[0];
    }
  }

  @Test
  void yardsticksShareTheirSessions() {
    try (LoadedRelease yardstick = loader.load(Yardsticks.prototype(2));
        LoadedRelease again = loader.load(Yardsticks.prototype(2))) {
      assertThat(again.scores("label").session()).isSameAs(yardstick.scores("label").session());
      assertThat(again.adaptSession()).isSameAs(yardstick.adaptSession());
      assertThat(yardstick.manifest().defaultHeads()).containsExactly("label");
    }
  }

  @Test
  void aClosedReleaseSaysSo() {
    LoadedRelease release = loader.load(prototypes("closed", 10));
    release.close();
    assertThatThrownBy(() -> certainty(release)).hasMessageContaining("is closed: load it again");
  }

  @Test
  void adaptersOnSeveralThreadsShareOneRelease() throws Exception {
    try (LoadedRelease release = loader.load(prototypes("shared", 10))) {
      float expected = certainty(release);
      for (float got : fromThreads(release)) {
        assertThat(got).isEqualTo(expected);
      }
    }
  }

  private static List<Float> fromThreads(LoadedRelease release)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Float>> futures = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        futures.add(threads.submit(() -> certainty(release)));
      }
      List<Float> results = new ArrayList<>();
      for (Future<Float> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Declares a shape that its nodes give only at some sizes: no reader of files can see that. */
  private static final class LyingLearner extends DelegatingLearner {
    private LyingLearner() {
      super(new PrototypeLearner(2));
    }

    @Override
    public Graph predictGraph() {
      GraphBuilder g = new GraphBuilder("predict");
      Node prototypes = g.input("prototypes", Dim.TASKS, Dim.WAYS, Dim.of(2));
      Node queries = g.input("query_x", Dim.TASKS, Dim.QUERIES, Dim.of(2));
      Node logits = g.fusedMatMul(queries, false, prototypes, true, 1f);
      return g.output("scores_label", g.log(g.sub(logits, g.constant(1e9f)))).build();
    }
  }

  @Test
  void aReleaseThatGivesNoFiniteScoresFailsItsTrialRun() {
    Release lying = Releases.of("lying", new LyingLearner());
    assertThatThrownBy(() -> loader.load(lying))
        .isInstanceOf(ReleaseDamagedException.class)
        .hasMessageContaining("fails its trial run")
        .hasMessageContaining("NaN");
    assertThat(pool.open()).isZero();
  }

  @Test
  void devicesAreParsedByName() {
    assertThat(Device.parse("AUTO ")).isEqualTo(Device.AUTO);
    assertThatThrownBy(() -> Device.parse("gpu"))
        .hasMessage("Unknown device 'gpu': expected one of cpu, cuda, auto.");
  }

  private static void assumeNoCuda() {
    assumeTrue(!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA));
  }

  @Test
  void cudaFailsWithTheReasonWhereItCannotLoad() {
    assumeNoCuda();
    assertThatThrownBy(() -> new ReleaseLoader(Device.CUDA))
        .hasMessageContaining("this build of ONNX Runtime has no CUDA provider")
        .hasMessageContaining("-Pgpu-cuda12");
  }

  @Test
  void autoFallsBackToTheCpuAndSaysSoOnceAtMost() {
    assumeNoCuda();
    Logger logger = (Logger) LoggerFactory.getLogger(CudaProbe.class);
    // Nobody else in this process asks for AUTO, or it would have been said already.
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    logger.addAppender(said);
    assertThat(new ReleaseLoader(Device.AUTO).engine()).isEqualTo(Engine.CPU);
    assertThat(new ReleaseLoader(Device.AUTO).engine()).isEqualTo(Engine.CPU);
    logger.detachAppender(said);
    assertThat(said.list).hasSize(1);
    assertThat(said.list.get(0).getFormattedMessage())
        .isEqualTo(
            "Device 'auto' uses the CPU, because CUDA does not load: this build of ONNX Runtime has"
                + " no CUDA provider.");
  }
}

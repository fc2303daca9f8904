package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.learner.DelegatingLearner;
import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Learners;
import dev.freshet.adaptation.learner.PrototypeLearner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A learner whose steps overflow must neither end a job nor put a NaN into a prediction. */
class DivergenceTest {
  private static final int FEATURES = 8;
  private static final float[] UNIT = {1, 0, 0, 0, 0, 0, 0, 0};

  private final List<LoadedRelease> open = new ArrayList<>();
  private final Adapter adapter = new Adapter();

  private LoadedRelease load(Learner learner) {
    LoadedRelease release =
        new ReleaseLoader(DeviceUnderTest.DEVICE).load(Releases.of("wild", learner));
    open.add(release);
    return release;
  }

  private LoadedRelease maml(double lowRank) {
    return load(
        Learners.MAML.create(
            FEATURES, Map.of("hidden1", 16.0, "hidden2", 8.0, "lowRank", lowRank)));
  }

  @AfterEach
  void close() {
    adapter.close();
    open.forEach(LoadedRelease::close);
  }

  /** Finite, far from what any rate was made for, and neighbouring ways share a row. */
  private static SupportSet wild(int ways) {
    SupportSet.Builder builder = SupportSet.builder(FEATURES, ways);
    RandomTasks random = new RandomTasks(ways, FEATURES);
    float[] before = huge(random.vector());
    for (int way = 0; way < ways; way++) {
      float[] after = huge(random.vector());
      builder.example(way, before).example(way, after);
      before = after;
    }
    return builder.build();
  }

  private static float[] huge(float[] vector) {
    float[] huge = new float[vector.length];
    for (int f = 0; f < huge.length; f++) {
      huge[f] = vector[f] * 0x1p50f;
    }
    return huge;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void anAdaptedTaskRemembersThatItDiverged(double lowRank) {
    LoadedRelease release = maml(lowRank);
    AdaptedTask wild = adapter.adapt(release, List.of(wild(3))).get(0);
    assertThat(wild.diverged()).isTrue();
    assertThat(wild.ways()).isEqualTo(3);
    assertThat(wild.bytes()).isLessThan(200);
    SupportSet tame = new RandomTasks(1, FEATURES).even(3, 2);
    assertThat(adapter.adapt(release, List.of(tame)).get(0).diverged()).isFalse();
    SupportSet none = SupportSet.builder(FEATURES, 0).build();
    assertThat(adapter.adapt(release, List.of(none)).get(0).diverged()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void itsAnswersAreUndecidedAndCounted(double lowRank) {
    LoadedRelease release = maml(lowRank);
    for (int ways = 2; ways < 7; ways++) {
      AdaptedTask wild = adapter.adapt(release, List.of(wild(ways))).get(0);
      float[] uniform = new float[ways];
      Arrays.fill(uniform, 1f / ways);
      assertThat(scores(release, wild, UNIT)).isEqualTo(uniform);
      assertThat(adapter.undecidedAnswers()).isEqualTo(ways - 1);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void othersInTheCallDoNotNoticeIt(double lowRank) {
    LoadedRelease release = maml(lowRank);
    RandomTasks random = new RandomTasks(2, FEATURES);
    SupportSet tame = random.even(3, 1);
    AdaptedTask alone = adapter.adapt(release, List.of(tame)).get(0);
    List<AdaptedTask> together = adapter.adapt(release, List.of(wild(3), tame, wild(3)));
    assertThat(together.get(1).parameters()).isEqualTo(alone.parameters());
    float[] query = random.vector();
    List<PredictQuery> queries =
        together.stream().map(task -> new PredictQuery(task, "label", query)).toList();
    assertThat(adapter.predict(release, queries).get(1)).isEqualTo(scores(release, alone, query));
    assertThat(adapter.undecidedAnswers()).isEqualTo(2);
  }

  /** Logits so steep that a long query overflows them, and none for padding to stay below. */
  private static final class SteepLearner extends DelegatingLearner {
    private SteepLearner() {
      super(new PrototypeLearner(FEATURES));
    }

    @Override
    public Graph predictGraph() {
      GraphBuilder g = new GraphBuilder("predict");
      Node prototypes = g.input("prototypes", Dim.TASKS, Dim.WAYS, Dim.of(FEATURES));
      Node queries = g.input("query_x", Dim.TASKS, Dim.QUERIES, Dim.of(FEATURES));
      Node logits = g.fusedMatMul(queries, false, prototypes, true, 1e25f);
      return g.output("scores_label", g.softmax(logits)).build();
    }
  }

  @Test
  void probabilitiesThatOverflowForOneQueryAloneAreUndecided() {
    LoadedRelease release = load(new SteepLearner());
    SupportSet.Builder support = SupportSet.builder(FEATURES, 3);
    for (int way = 0; way < 3; way++) {
      support.example(way, UNIT);
    }
    AdaptedTask task = adapter.adapt(release, List.of(support.build())).get(0);
    assertThat(task.diverged()).isFalse();
    float third = 1f / 3;
    assertThat(scores(release, task, UNIT)).containsExactly(third, third, third);
    assertThat(adapter.undecidedAnswers()).isZero();
    float[] overflowing = huge(UNIT);
    assertThat(scores(release, task, overflowing)).containsExactly(third, third, third);
    assertThat(adapter.undecidedAnswers()).isEqualTo(1);
    float[] wonByPadding = {-1, 0, 0, 0, 0, 0, 0, 0};
    assertThat(scores(release, task, wonByPadding)).containsExactly(third, third, third);
    assertThat(adapter.undecidedAnswers()).isEqualTo(2);
  }

  @Test
  void aScoreThatOverflowsIsZero() {
    LoadedRelease release = load(new BiasLearner(FEATURES, 0f));
    float[] huge = new float[FEATURES];
    Arrays.fill(huge, 0x1p50f);
    SupportSet support = SupportSet.builder(FEATURES, 1).scored(0x1p50f, huge).build();
    AdaptedTask task = adapter.adapt(release, List.of(support)).get(0);
    assertThat(task.diverged()).isFalse();
    List<float[]> answers =
        adapter.predict(
            release,
            List.of(new PredictQuery(task, "rating", huge), new PredictQuery(task, "rank", huge)));
    assertThat(answers.get(0)).containsExactly(0f);
    assertThat(answers.get(1)).containsExactly(0f);
    assertThat(adapter.undecidedAnswers()).isEqualTo(1);
  }

  @Test
  void probabilitiesThatDoNotAddUpAreNoAnswer() {
    Head.Kind kind = Head.Kind.CLASSIFICATION;
    assertThat(Answers.isSound(kind, 2, new float[] {0.3f, 0.7f})).isTrue();
    assertThat(Answers.isSound(kind, 2, new float[] {0, 0})).isFalse();
    assertThat(Answers.isSound(kind, 2, new float[] {Float.NaN, 1})).isFalse();
    assertThat(Answers.isSound(kind, 0, new float[0])).isTrue();
    assertThat(Answers.isSound(Head.Kind.RANKING, 1, new float[] {-3})).isTrue();
    assertThat(Answers.isSound(Head.Kind.SCORING, 1, new float[] {Float.NaN})).isFalse();
    assertThat(Answers.isSound(Head.Kind.SCORING, 1, new float[0])).isFalse();
  }

  private float[] scores(LoadedRelease release, AdaptedTask task, float[] query) {
    return adapter.predict(release, List.of(new PredictQuery(task, "label", query))).get(0);
  }
}

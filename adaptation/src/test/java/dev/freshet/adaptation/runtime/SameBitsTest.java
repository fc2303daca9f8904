package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.learner.EnsembleLearner;
import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.NearestMeanLearner;
import dev.freshet.adaptation.learner.PrototypeLearner;
import dev.freshet.adaptation.learner.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The promise that replay rests on: a task's parameters and scores are the same bits alone and
 * among others, in whatever order and number. Odd numbers of features are here because rows then
 * start at every alignment.
 */
class SameBitsTest {
  private static final int TASKS = 150;

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 16, 100, 384})
  void ofPrototypesWhoeverSharesTheCall(int features) {
    Map<String, Double> uneven =
        Map.of("nameWeight", 1.7, "temperature", 13.0, "waysPower", 0.3, "shotsPower", 0.21);
    Settings settings = Settings.of(PrototypeLearner.SETTINGS, uneven);
    check(new PrototypeLearner(features, settings), tasks -> tasks.task(12, 40));
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 384})
  void ofTheYardstickWhoeverSharesTheCall(int features) {
    check(new NearestMeanLearner(features), tasks -> tasks.task(9, 20));
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 64})
  void ofScoresWhoeverSharesTheCall(int features) {
    check(new BiasLearner(features, 0.3f), tasks -> tasks.scoringTask(33));
  }

  static Stream<Learner> learners() {
    return Stream.of(7, 384).flatMap(EveryLearner::of);
  }

  @ParameterizedTest
  @MethodSource("learners")
  void ofEveryLearnerWhoeverSharesTheCall(Learner learner) {
    check(learner, tasks -> tasks.task(9, 25));
  }

  /** Where steps depend on how many rows there are. */
  @Test
  void ofLargeTasksWhoeverSharesTheCall() {
    check(EnsembleLearner.of(64), tasks -> tasks.task(9, 140));
  }

  static Stream<Learner> learnersOfNumbers() {
    return Stream.of(1, 7, 384).flatMap(EveryLearner::ofNumbers);
  }

  @ParameterizedTest
  @MethodSource("learnersOfNumbers")
  void ofEveryLearnerOfNumbersWhoeverSharesTheCall(Learner learner) {
    check(learner, tasks -> tasks.scoringTask(33));
  }

  /** As on a GPU; here both ways must give the same bits, too. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereCallsAreAlwaysFull(boolean classifies) {
    Learner learner = classifies ? new NearestMeanLearner(7) : new BiasLearner(7, 0.3f);
    Function<RandomTasks, SupportSet> make =
        tasks -> classifies ? tasks.task(9, 20) : tasks.scoringTask(33);
    ReleaseLoader full = new ReleaseLoader(Engine.CPU, Filling.FULL, new SessionPool());
    check(full, learner, make);
    RandomTasks tasks = new RandomTasks(7, 7);
    List<SupportSet> supports = List.of(make.apply(tasks), make.apply(tasks), make.apply(tasks));
    assertThat(answers(full, learner, supports))
        .isDeepEqualTo(answers(new ReleaseLoader(Device.CPU), learner, supports));
  }

  private static float[][] answers(
      ReleaseLoader loader, Learner learner, List<SupportSet> supports) {
    try (LoadedRelease release = loader.load(Releases.of("bits", learner));
        Adapter adapter = new Adapter()) {
      RandomTasks random = new RandomTasks(3, learner.features());
      List<PredictQuery> queries = new ArrayList<>();
      for (AdaptedTask task : adapter.adapt(release, supports)) {
        // More than one row of a full call takes.
        for (int i = 0; i < 2 * Sizes.FULL_QUERIES + 1; i++) {
          String head = release.manifest().heads().get(0).name();
          queries.add(new PredictQuery(task, head, random.vector()));
        }
      }
      return adapter.predict(release, queries).toArray(float[][]::new);
    }
  }

  private static void check(Learner learner, Function<RandomTasks, SupportSet> make) {
    check(new ReleaseLoader(DeviceUnderTest.DEVICE), learner, make);
  }

  private static void check(
      ReleaseLoader loader, Learner learner, Function<RandomTasks, SupportSet> make) {
    RandomTasks tasks = new RandomTasks(learner.features(), learner.features());
    List<SupportSet> supports = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      supports.add(make.apply(tasks));
    }
    try (LoadedRelease release = loader.load(Releases.of("bits", learner));
        Adapter adapter = new Adapter()) {
      List<AdaptedTask> alone =
          supports.stream().map(set -> adapter.adapt(release, List.of(set)).get(0)).toList();
      for (int round = 0; round < 4; round++) {
        List<Integer> order = subset(tasks, round == 0 ? TASKS : tasks.upTo(TASKS));
        checkParameters(release, adapter, supports, alone, order);
        checkScores(release, adapter, alone, order, tasks);
      }
    }
  }

  private static List<Integer> subset(RandomTasks tasks, int size) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, TASKS).boxed().toList());
    Collections.shuffle(order, tasks.random());
    return order.subList(0, size);
  }

  private static void checkParameters(
      LoadedRelease release,
      Adapter adapter,
      List<SupportSet> supports,
      List<AdaptedTask> alone,
      List<Integer> order) {
    List<AdaptedTask> together = adapter.adapt(release, order.stream().map(supports::get).toList());
    for (int i = 0; i < order.size(); i++) {
      assertThat(together.get(i).parameters())
          .as("parameters of task %s", order.get(i))
          .isEqualTo(alone.get(order.get(i)).parameters());
    }
  }

  private static void checkScores(
      LoadedRelease release,
      Adapter adapter,
      List<AdaptedTask> tasks,
      List<Integer> order,
      RandomTasks random) {
    List<PredictQuery> queries = new ArrayList<>();
    List<Head> heads = release.manifest().heads();
    for (int task : order) {
      int count = random.upTo(random.upTo(70));
      for (int i = 0; i < count; i++) {
        String head = heads.get(random.upTo(heads.size()) - 1).name();
        queries.add(new PredictQuery(tasks.get(task), head, random.vector()));
      }
    }
    Collections.shuffle(queries, random.random());
    List<float[]> together = adapter.predict(release, queries);
    for (int i = 0; i < queries.size(); i++) {
      float[] alone = adapter.predict(release, List.of(queries.get(i))).get(0);
      assertThat(together.get(i)).as("scores of query %s", i).containsExactly(alone);
    }
  }
}

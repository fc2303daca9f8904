package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.learner.Learner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a learner of numbers owes its tasks, trained or not. */
class ScoringContractTest {
  private static final int FEATURES = 12;
  private static final int TASKS = 40;
  private static final String HEAD = "score";

  static Stream<Learner> learners() {
    return EveryLearner.ofNumbers(FEATURES);
  }

  private record Fixture(LoadedRelease release, Adapter adapter) {
    AdaptedTask adapt(SupportSet support) {
      return adapter.adapt(release, List.of(support)).get(0);
    }

    float score(AdaptedTask task, float[] query) {
      return adapter.predict(release, List.of(new PredictQuery(task, HEAD, query))).get(0)[0];
    }
  }

  private static void with(Learner learner, Consumer<Fixture> test) {
    try (LoadedRelease release =
            new ReleaseLoader(DeviceUnderTest.DEVICE).load(Releases.of("contract", learner));
        Adapter adapter = new Adapter()) {
      test.accept(new Fixture(release, adapter));
    }
  }

  /** The number is how far a vector goes in a direction that only examples tell. */
  @ParameterizedTest
  @MethodSource("learners")
  void followsExamplesAsTheUnadaptedCannot(Learner learner) {
    RandomTasks tasks = new RandomTasks(3, FEATURES);
    with(
        learner,
        fixture -> {
          double adapted = 0;
          double before = 0;
          for (int i = 0; i < TASKS; i++) {
            float[] direction = tasks.vector();
            SupportSet.Builder support = SupportSet.builder(FEATURES, 1);
            for (int example = 0; example < 30; example++) {
              float[] vector = tasks.vector();
              support.scored(2 + 3 * dot(direction, vector), vector);
            }
            AdaptedTask task = fixture.adapt(support.build());
            AdaptedTask nothing = fixture.adapt(SupportSet.builder(FEATURES, 1).build());
            float[] query = tasks.vector();
            float truth = 2 + 3 * dot(direction, query);
            adapted += Math.abs(fixture.score(task, query) - truth);
            before += Math.abs(fixture.score(nothing, query) - truth);
          }
          assertThat(adapted).isLessThan(0.7 * before);
        });
  }

  private static float dot(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("learners")
  void retractingIsNeverHavingSeen(Learner learner) {
    RandomTasks tasks = new RandomTasks(7, FEATURES);
    with(
        learner,
        fixture -> {
          for (int i = 0; i < TASKS; i++) {
            SupportSet support = tasks.scoringTask(20);
            SupportSet.Builder more = SupportSet.builder(FEATURES, 1);
            support.rowList().forEach(row -> more.scored(row.value, row.vector));
            more.scored(5, tasks.vector()).scored(-3, tasks.vector());
            List<?> never = fixture.adapt(support).parameters();
            assertThat(fixture.adapt(more.build()).parameters()).isNotEqualTo(never);
            assertThat(fixture.adapt(support).parameters()).isEqualTo(never);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("learners")
  void theSameComesOutAgainWhateverTheOrderOfTasks(Learner learner) {
    RandomTasks tasks = new RandomTasks(8, FEATURES);
    List<SupportSet> supports = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      supports.add(tasks.scoringTask(20));
    }
    List<SupportSet> reversed = new ArrayList<>(supports);
    Collections.reverse(reversed);
    List<List<?>> first = new ArrayList<>();
    with(
        learner,
        f -> f.adapter().adapt(f.release(), supports).forEach(t -> first.add(t.parameters())));
    List<List<?>> second = new ArrayList<>();
    with(
        learner,
        f -> f.adapter().adapt(f.release(), reversed).forEach(t -> second.add(t.parameters())));
    Collections.reverse(second);
    assertThat(second).isEqualTo(first);
  }

  /** What lies in padded rows has no part: 9 rows are padded to 16, 8 to none. */
  @ParameterizedTest
  @MethodSource("learners")
  void anExampleTwiceWeighsAsTwo(Learner learner) {
    RandomTasks tasks = new RandomTasks(9, FEATURES);
    with(
        learner,
        fixture -> {
          SupportSet.Builder once = SupportSet.builder(FEATURES, 1);
          SupportSet.Builder thrice = SupportSet.builder(FEATURES, 1);
          for (int i = 0; i < 3; i++) {
            float[] vector = tasks.vector();
            once.scored(i, vector);
            for (int copy = 0; copy < 3; copy++) {
              thrice.scored(i, vector);
            }
          }
          float[] query = tasks.vector();
          float ofThree = fixture.score(fixture.adapt(once.build()), query);
          float ofNine = fixture.score(fixture.adapt(thrice.build()), query);
          assertThat(Math.abs(ofNine - ofThree)).isLessThan(1e-4f);
        });
  }
}

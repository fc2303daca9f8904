package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.adaptation.learner.Learner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every learner owes its tasks, trained or not. */
class LearnerContractTest {
  private static final int FEATURES = 24;
  private static final int TASKS = 40;
  private static final Set<String> CLOSED_FORMS =
      Set.of("nearest-mean", "prototype", "lda", "logistic", "plain-logistic", "ensemble");
  private static final float ROUNDING = 2e-3f;

  static Stream<Learner> learners() {
    return EveryLearner.of(FEATURES);
  }

  /** Sessions are shared while somebody holds them: every test would make them anew. */
  private static final List<LoadedRelease> HELD = new ArrayList<>();

  @BeforeAll
  static void openSessions() {
    learners().forEach(learner -> HELD.add(load(learner)));
  }

  @AfterAll
  static void closeSessions() {
    HELD.forEach(LoadedRelease::close);
    HELD.clear();
  }

  private static LoadedRelease load(Learner learner) {
    return new ReleaseLoader(DeviceUnderTest.DEVICE).load(Releases.of("contract", learner));
  }

  /** Runs with a release and an adapter of its own. */
  private static void with(Learner learner, Consumer<Fixture> test) {
    try (LoadedRelease release = load(learner);
        Adapter adapter = new Adapter()) {
      test.accept(new Fixture(release, adapter));
    }
  }

  private record Fixture(LoadedRelease release, Adapter adapter) {
    List<AdaptedTask> adapt(List<SupportSet> supports) {
      return adapter.adapt(release, supports);
    }

    float[] scores(SupportSet support, float[] query) {
      AdaptedTask task = adapt(List.of(support)).get(0);
      return adapter.predict(release, List.of(new PredictQuery(task, "label", query))).get(0);
    }

    /** Part of the queries whose own label scores highest. */
    double accuracy(List<FamilyTask> tasks, boolean withExamples) {
      int correct = 0;
      int asked = 0;
      for (FamilyTask task : tasks) {
        SupportSet support = withExamples ? task.support() : task.support().namesOnly();
        AdaptedTask adapted = adapt(List.of(support)).get(0);
        List<PredictQuery> queries =
            task.queries().stream().map(q -> new PredictQuery(adapted, "label", q)).toList();
        List<float[]> answers = adapter.predict(release, queries);
        for (int i = 0; i < answers.size(); i++) {
          correct += best(answers.get(i)) == task.labels().get(i) ? 1 : 0;
          asked++;
        }
      }
      return correct / (double) asked;
    }
  }

  private static int best(float[] scores) {
    return IntStream.range(0, scores.length)
        .reduce((a, b) -> scores[b] > scores[a] ? b : a)
        .orElseThrow();
  }

  /** Labels whose names say nothing: only examples can tell them apart. */
  private record FamilyTask(SupportSet support, List<float[]> queries, List<Integer> labels) {
    static FamilyTask of(RandomTasks tasks, int ways, int... shots) {
      List<float[]> centres = new ArrayList<>();
      SupportSet.Builder support = SupportSet.builder(FEATURES, ways);
      for (int way = 0; way < ways; way++) {
        centres.add(tasks.vector());
        support.name(way, tasks.vector());
      }
      List<float[]> queries = new ArrayList<>();
      List<Integer> labels = new ArrayList<>();
      for (int way = 0; way < ways; way++) {
        for (int i = 0; i < shots[way % shots.length]; i++) {
          support.example(way, near(tasks, centres.get(way)));
        }
        for (int i = 0; i < 5; i++) {
          queries.add(near(tasks, centres.get(way)));
          labels.add(way);
        }
      }
      return new FamilyTask(support.build(), queries, labels);
    }

    private static float[] near(RandomTasks tasks, float[] centre) {
      float[] noise = tasks.vector();
      float[] vector = new float[FEATURES];
      double square = 0;
      for (int f = 0; f < FEATURES; f++) {
        vector[f] = centre[f] + 0.7f * noise[f];
        square += vector[f] * vector[f];
      }
      for (int f = 0; f < FEATURES; f++) {
        vector[f] /= (float) Math.sqrt(square);
      }
      return vector;
    }
  }

  private static List<FamilyTask> family(int ways, int... shots) {
    RandomTasks tasks = new RandomTasks(3, FEATURES);
    return IntStream.range(0, TASKS).mapToObj(i -> FamilyTask.of(tasks, ways, shots)).toList();
  }

  @ParameterizedTest
  @MethodSource("learners")
  void solvesAFamilyOfTasksThatTheUnadaptedCannot(Learner learner) {
    List<FamilyTask> family = family(5, 8);
    with(
        learner,
        fixture -> {
          assertThat(fixture.accuracy(family, true)).isGreaterThan(0.8);
          assertThat(fixture.accuracy(family, false)).isBetween(0.1, 0.35);
        });
  }

  @ParameterizedTest
  @MethodSource("learners")
  void solvesItWithUnevenCountsToo(Learner learner) {
    List<FamilyTask> family = family(5, 12, 3, 9, 2, 5);
    with(learner, fixture -> assertThat(fixture.accuracy(family, true)).isGreaterThan(0.7));
  }

  @ParameterizedTest
  @MethodSource("learners")
  void aLabelMayJoin(Learner learner) {
    RandomTasks tasks = new RandomTasks(4, FEATURES);
    with(
        learner,
        fixture -> {
          int won = 0;
          for (int i = 0; i < TASKS; i++) {
            SupportSet before = tasks.even(3, 5);
            float[] newcomer = tasks.vector();
            SupportSet.Builder joined = SupportSet.builder(FEATURES, 4);
            before.rowList().forEach(row -> joined.example(row.way, row.vector));
            joined.example(3, newcomer);
            assertThat(fixture.scores(before, newcomer)).hasSize(3);
            won += best(fixture.scores(joined.build(), newcomer)) == 3 ? 1 : 0;
          }
          assertThat(won).isGreaterThan(TASKS * 9 / 10);
        });
  }

  /**
   * Sums over many rows, far more of one label than of the other, must not round away what tells
   * them apart; texts have most of their vectors in common. Inner loops of a few steps need not
   * find it.
   */
  @ParameterizedTest
  @MethodSource("learners")
  void manyExamplesDoNoHarm(Learner learner) {
    assumeTrue(CLOSED_FORMS.contains(learner.name()));
    RandomTasks tasks = new RandomTasks(11, FEATURES);
    float[] common = tasks.vector();
    float[][] own = {tasks.vector(), tasks.vector()};
    SupportSet.Builder support = SupportSet.builder(FEATURES, 2);
    support.name(0, tasks.vector()).name(1, tasks.vector());
    List<float[]> queries = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < 1_020; i++) {
      for (int way = 0; way < 2; way++) {
        float[] noise = tasks.vector();
        float[] x = new float[FEATURES];
        for (int f = 0; f < FEATURES; f++) {
          x[f] = common[f] + 0.2f * own[way][f] + 0.1f * noise[f];
        }
        if (i < (way == 0 ? 1_000 : 50)) {
          support.example(way, x);
        } else if (i >= 1_000) {
          queries.add(x);
          labels.add(way);
        }
      }
    }
    FamilyTask task = new FamilyTask(support.build(), queries, labels);
    with(learner, fixture -> assertThat(fixture.accuracy(List.of(task), true)).isEqualTo(1));
  }

  @ParameterizedTest
  @MethodSource("learners")
  void labelsAreOnlyNames(Learner learner) {
    RandomTasks tasks = new RandomTasks(6, FEATURES);
    with(
        learner,
        fixture -> {
          for (int i = 0; i < TASKS; i++) {
            SupportSet support = tasks.task(7, 25);
            List<Integer> renamed =
                new ArrayList<>(IntStream.range(0, support.ways()).boxed().toList());
            Collections.shuffle(renamed, tasks.random());
            float[] query = tasks.vector();
            float[] before = fixture.scores(support, query);
            float[] after = fixture.scores(renamed(support, renamed), query);
            for (int way = 0; way < before.length; way++) {
              assertThat(after[renamed.get(way)]).isCloseTo(before[way], within(ROUNDING));
            }
          }
        });
  }

  private static SupportSet renamed(SupportSet support, List<Integer> to) {
    SupportSet.Builder builder = SupportSet.builder(FEATURES, support.ways());
    for (SupportSet.Row row : support.rowList()) {
      int way = to.get(row.way);
      if (row.kind == SupportSet.RowKind.NAME) {
        builder.name(way, row.vector);
      } else {
        builder.example(way, row.vector);
      }
    }
    return builder.build();
  }

  @ParameterizedTest
  @MethodSource("learners")
  void retractingIsNeverHavingSeen(Learner learner) {
    RandomTasks tasks = new RandomTasks(7, FEATURES);
    with(
        learner,
        fixture -> {
          for (int i = 0; i < TASKS; i++) {
            SupportSet support = tasks.task(6, 20);
            SupportSet.Builder more = SupportSet.builder(FEATURES, support.ways());
            support.rowList().stream()
                .filter(row -> row.kind == SupportSet.RowKind.NAME)
                .forEach(row -> more.name(row.way, row.vector));
            support.rowList().stream()
                .filter(row -> row.kind == SupportSet.RowKind.EXAMPLE)
                .forEach(row -> more.example(row.way, row.vector));
            more.example(0, tasks.vector()).example(0, tasks.vector());
            List<?> never = fixture.adapt(List.of(support)).get(0).parameters();
            assertThat(fixture.adapt(List.of(more.build())).get(0).parameters())
                .isNotEqualTo(never);
            assertThat(fixture.adapt(List.of(support)).get(0).parameters()).isEqualTo(never);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("learners")
  void theSameComesOutAgainWhateverTheOrderOfTasks(Learner learner) {
    RandomTasks tasks = new RandomTasks(8, FEATURES);
    List<SupportSet> supports = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      supports.add(tasks.task(9, 20));
    }
    List<SupportSet> reversed = new ArrayList<>(supports);
    Collections.reverse(reversed);
    List<List<?>> first = new ArrayList<>();
    with(learner, f -> f.adapt(supports).forEach(task -> first.add(task.parameters())));
    List<List<?>> second = new ArrayList<>();
    with(learner, f -> f.adapt(reversed).forEach(task -> second.add(task.parameters())));
    Collections.reverse(second);
    assertThat(second).isEqualTo(first);
  }

  /** Five ways are padded to eight, four to none: rows, too, are padded to different sizes. */
  @ParameterizedTest
  @MethodSource("learners")
  void paddingChangesNothingBeyondRounding(Learner learner) {
    RandomTasks tasks = new RandomTasks(9, FEATURES);
    with(
        learner,
        fixture -> {
          try (Unpadded unpadded = new Unpadded(learner)) {
            for (int i = 0; i < TASKS; i++) {
              SupportSet support = tasks.even(5, i % 2 == 0 ? 3 : 9);
              float[] query = tasks.vector();
              assertThat(unpadded.scores(support, query))
                  .containsExactly(fixture.scores(support, query), within(ROUNDING));
            }
          }
        });
  }

  @ParameterizedTest
  @MethodSource("learners")
  void scoresAreProbabilitiesWhateverTheTask(Learner learner) {
    RandomTasks tasks = new RandomTasks(10, FEATURES);
    with(
        learner,
        fixture -> {
          for (int i = 0; i < TASKS; i++) {
            SupportSet support = tasks.task(9, i % 4 == 0 ? 0 : 20);
            float sum = 0;
            for (float score :
                fixture.scores(support, i % 5 == 0 ? new float[FEATURES] : tasks.vector())) {
              assertThat(score).isBetween(0f, 1f + 1e-5f);
              sum += score;
            }
            assertThat(sum).isCloseTo(1f, within(1e-4f));
          }
        });
  }
}

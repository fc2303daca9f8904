package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.learner.PrototypeLearner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdapterTest {
  private static final float[] A = {1, 0};
  private static final float[] B = {0, 1};

  private final ReleaseLoader loader = new ReleaseLoader(DeviceUnderTest.DEVICE);
  private final LoadedRelease prototypes = loader.load(Releases.of("p", new PrototypeLearner(2)));
  private final LoadedRelease scoring = loader.load(Releases.of("s", new BiasLearner(2, 0f)));
  private final Adapter adapter = new Adapter();

  @AfterEach
  void close() {
    adapter.close();
    prototypes.close();
    scoring.close();
  }

  private float[] scores(SupportSet support, float... query) {
    AdaptedTask task = adapter.adapt(prototypes, List.of(support)).get(0);
    return adapter.predict(prototypes, List.of(new PredictQuery(task, "label", query))).get(0);
  }

  @Test
  void answersFromNamesAndLearnsFromExamples() {
    SupportSet names = SupportSet.builder(2, 2).name(0, A).name(1, B).build();
    assertThat(scores(names, A)[0]).isGreaterThan(0.99f);
    SupportSet both = SupportSet.builder(2, 2).name(0, A).name(1, B).example(1, A).build();
    assertThat(scores(both, A)[0]).isLessThan(scores(names, A)[0]);
  }

  @Test
  void scoresOfATaskAddUpToOne() {
    float[] scores = scores(SupportSet.builder(2, 3).name(0, A).name(1, B).build(), 1, 1);
    assertThat(scores).hasSize(3);
    assertThat(scores[0] + scores[1] + scores[2]).isCloseTo(1f, within(1e-6f));
  }

  @Test
  void aTaskWithoutWaysCostsNoCallAndGivesNoScores() {
    assertThat(scores(SupportSet.builder(2, 0).build(), A)).isEmpty();
  }

  @Test
  void aTaskWithOneWayIsCertain() {
    assertThat(scores(SupportSet.builder(2, 1).name(0, A).build(), B)).containsExactly(1f);
  }

  @Test
  void aTaskThatHasShownNothingIsUndecided() {
    assertThat(scores(SupportSet.builder(2, 2).build(), A)).containsExactly(0.5f, 0.5f);
    assertThat(scores(SupportSet.builder(2, 2).name(0, A).build(), 0, 0))
        .containsExactly(0.5f, 0.5f);
  }

  @Test
  void aZeroVectorIsNoReasonToDivideByZero() {
    float[] zero = {0, 0};
    float[] scores = scores(SupportSet.builder(2, 2).name(0, zero).name(1, zero).build(), zero);
    assertThat(scores).containsExactly(0.5f, 0.5f);
  }

  @Test
  void hugeVectorsDoNotOverflow() {
    float[] huge = {0x1p49f, 0x1p50f};
    assertThat(scores(SupportSet.builder(2, 2).name(0, huge).name(1, B).build(), huge))
        .doesNotContain(Float.NaN);
  }

  @Test
  void takesMoreTasksThanFitIntoOneCall() {
    SupportSet support = SupportSet.builder(2, 2).name(0, A).name(1, B).build();
    List<SupportSet> many = new ArrayList<>();
    for (int i = 0; i < 2 * Sizes.TASKS_MAX + 1; i++) {
      many.add(support);
    }
    List<AdaptedTask> tasks = adapter.adapt(prototypes, many);
    assertThat(tasks).hasSameSizeAs(many);
    assertThat(tasks.stream().map(AdaptedTask::parameters).distinct()).hasSize(1);
  }

  @Test
  void nothingInNothingOut() {
    assertThat(adapter.adapt(prototypes, List.of())).isEmpty();
    assertThat(adapter.predict(prototypes, List.of())).isEmpty();
  }

  @Test
  void countsWhatACacheMustHold() {
    SupportSet support = SupportSet.builder(2, 5).name(0, A).build();
    AdaptedTask task = adapter.adapt(prototypes, List.of(support)).get(0);
    assertThat(task.ways()).isEqualTo(5);
    assertThat(task.bytes()).isBetween(4L * 8 * 2, 4L * 8 * 2 + 400);
  }

  @Test
  void oneSupportAnswersForSeveralHeads() {
    SupportSet support = SupportSet.builder(2, 1).scored(3f, A).scored(5f, B).build();
    AdaptedTask task = adapter.adapt(scoring, List.of(support)).get(0);
    List<float[]> answers =
        adapter.predict(
            scoring,
            List.of(new PredictQuery(task, "rating", A), new PredictQuery(task, "rank", A)));
    assertThat(answers.get(0)[0]).isCloseTo(4.3f, within(1e-6f));
    assertThat(answers.get(1)).containsExactly(0f);
  }

  @Test
  void refusesWhatTheReleaseIsNotFor() {
    SupportSet wide = SupportSet.builder(3, 2).build();
    refused(() -> adapter.adapt(prototypes, List.of(wide)), "Support 0 has 3 features");
    SupportSet numbers = SupportSet.builder(2, 1).scored(1, A).build();
    refused(() -> adapter.adapt(prototypes, List.of(numbers)), "SCORED rows");
    SupportSet labels = SupportSet.builder(2, 1).example(0, A).build();
    refused(() -> adapter.adapt(scoring, List.of(labels)), "EXAMPLE rows");
    SupportSet twoWays = SupportSet.builder(2, 2).build();
    refused(() -> adapter.adapt(scoring, List.of(twoWays)), "2 ways");

    AdaptedTask task = adapter.adapt(prototypes, List.of(twoWays)).get(0);
    refused(() -> ask(scoring, new PredictQuery(task, "rating", A)), "Adapt the task again");
    refused(() -> ask(prototypes, new PredictQuery(task, "rating", A)), "head 'rating'");
    refused(() -> ask(prototypes, new PredictQuery(task, "label", new float[3])), "3 features");
    refused(() -> ask(prototypes, new PredictQuery(task, "label", nan())), "NaN at feature 1");
  }

  private static float[] nan() {
    return new float[] {0, Float.NaN};
  }

  private void ask(LoadedRelease release, PredictQuery query) {
    adapter.predict(release, List.of(query));
  }

  private static void refused(Runnable wrong, String why) {
    assertThatThrownBy(wrong::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}

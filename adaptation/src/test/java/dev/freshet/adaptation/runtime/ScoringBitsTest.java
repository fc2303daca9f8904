package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.learner.Head;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.learner.TrainedLearner;
import dev.freshet.adaptation.learner.scoring.CatalogueSoftmaxLearner;
import dev.freshet.adaptation.learner.scoring.HeadedLearner;
import dev.freshet.adaptation.learner.scoring.ScoringLearners;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every learner over item rows owes its users: the same bits whoever shares the call. */
class ScoringBitsTest {
  private static final int TASKS = 60;
  private static final int BACKGROUND = 37;

  static Stream<Learner> learners() {
    return Stream.of(new ItemLayout(8, 16), new ItemLayout(3, 5)).flatMap(ScoringBitsTest::of);
  }

  private static Stream<Learner> of(ItemLayout layout) {
    List<Learner> all = new ArrayList<>();
    List<Learner> members = new ArrayList<>();
    for (ScoringLearners each : ScoringLearners.values()) {
      members.add(each.create(layout, Map.of(), each.id()));
    }
    members.add(ranker(layout));
    all.addAll(members);
    all.add(new HeadedLearner(members, List.of("ridge", "rank")));
    return all.stream();
  }

  private static Learner ranker(ItemLayout layout) {
    Settings settings =
        Settings.of(CatalogueSoftmaxLearner.SETTINGS, Map.of("background", (double) BACKGROUND));
    Learner ranker = new CatalogueSoftmaxLearner(layout, settings, "rank");
    Random random = new Random(3);
    float[] rows = new float[BACKGROUND * layout.features()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    return new TrainedLearner(
        ranker,
        Map.of(
            CatalogueSoftmaxLearner.BACKGROUND_TENSOR,
            Tensor.of(Shape.of(BACKGROUND, layout.features()), rows)));
  }

  @ParameterizedTest
  @MethodSource("learners")
  void aloneAndAmongOthers(Learner learner) {
    Random random = new Random(learner.features());
    List<SupportSet> supports = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      supports.add(support(learner.features(), random.nextInt(30), random));
    }
    try (LoadedRelease release =
            new ReleaseLoader(DeviceUnderTest.DEVICE).load(Releases.of("bits", learner));
        Adapter adapter = new Adapter()) {
      List<AdaptedTask> together = adapter.adapt(release, supports);
      List<PredictQuery> queries = new ArrayList<>();
      for (int i = 0; i < TASKS; i++) {
        AdaptedTask alone = adapter.adapt(release, List.of(supports.get(i))).get(0);
        assertThat(together.get(i).parameters()).isEqualTo(alone.parameters());
        for (Head head : learner.heads()) {
          queries.add(new PredictQuery(alone, head.name(), row(learner.features(), random)));
        }
      }
      Collections.shuffle(queries, random);
      List<float[]> answers = adapter.predict(release, queries);
      for (int i = 0; i < queries.size(); i++) {
        float[] alone = adapter.predict(release, List.of(queries.get(i))).get(0);
        assertThat(answers.get(i)).as("query %s", i).containsExactly(alone);
        assertThat(alone[0]).isFinite();
      }
      assertThat(adapter.undecidedAnswers()).isZero();
    }
  }

  private static SupportSet support(int features, int rows, Random random) {
    SupportSet.Builder support = SupportSet.builder(features, 1);
    for (int i = 0; i < rows; i++) {
      support.scored(1 + random.nextInt(5), row(features, random));
    }
    return support.build();
  }

  private static float[] row(int features, Random random) {
    float[] row = new float[features];
    for (int i = 0; i < features; i++) {
      row[i] = (float) random.nextGaussian();
    }
    row[features - 3] = 3.5f + row[features - 3] / 2;
    row[features - 2] = Math.abs(row[features - 2]) * 2;
    row[features - 1] = Math.abs(row[features - 1]) * 2;
    return row;
  }
}

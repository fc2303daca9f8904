package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.TrainedLearner;
import dev.freshet.adaptation.learner.scoring.AbsoluteLoss;
import dev.freshet.adaptation.learner.scoring.ScoringLearners;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A family of users of whom half like what the other half dislike: rating = 3 ± factor. Who knows
 * nothing of a user can answer with 3 only.
 */
class RowLearnersTest {
  private static final ItemLayout LAYOUT = new ItemLayout(2, 2);
  private static final int STEPS = 250;
  private static final int TASKS = 64;
  private static final int SUPPORT = 6;
  private static final int QUERIES = 8;
  private static final double RATE = 0.01;

  /** A few hundred outer steps by absolute error. */
  private static Learner trained(Learner start) {
    Random random = new Random(11);
    SortedMap<String, Tensor> tensors = new TreeMap<>(start.initialization());
    Map<String, float[]> momentum = new TreeMap<>();
    Map<String, float[]> squares = new TreeMap<>();
    try (CompiledGraph graph =
        CompiledGraph.of(AbsoluteLoss.graph(start), DeviceUnderTest.DEVICE)) {
      for (int step = 0; step < STEPS; step++) {
        Map<String, Tensor> inputs = new TreeMap<>(tensors);
        addUsers(inputs, random);
        Map<String, Tensor> outputs = graph.run(inputs);
        for (String name : AbsoluteLoss.learned(start)) {
          Tensor own = Objects.requireNonNull(tensors.get(name));
          float[] gradient =
              Objects.requireNonNull(outputs.get(AbsoluteLoss.gradient(name))).toArray();
          float[] first = momentum.computeIfAbsent(name, unused -> new float[gradient.length]);
          float[] second = squares.computeIfAbsent(name, unused -> new float[gradient.length]);
          tensors.put(name, moved(own, gradient, first, second, step));
        }
      }
    }
    tensors.keySet().retainAll(AbsoluteLoss.learned(start));
    return new TrainedLearner(start, tensors);
  }

  /** Adam. */
  private static Tensor moved(
      Tensor own, float[] gradient, float[] first, float[] second, int step) {
    float[] values = own.toArray();
    for (int i = 0; i < values.length; i++) {
      double slope = gradient[i] / TASKS;
      first[i] = (float) (0.9 * first[i] + 0.1 * slope);
      second[i] = (float) (0.99 * second[i] + 0.01 * slope * slope);
      double mean = first[i] / (1 - Math.pow(0.9, step + 1));
      double size = Math.sqrt(second[i] / (1 - Math.pow(0.99, step + 1)));
      values[i] -= (float) (RATE * mean / (size + 1e-8));
    }
    return Tensor.of(own.shape(), values);
  }

  private static void addUsers(Map<String, Tensor> inputs, Random random) {
    float[] supportY = new float[TASKS * SUPPORT];
    float[] queryY = new float[TASKS * QUERIES];
    float[] supportX = new float[supportY.length * LAYOUT.features()];
    float[] queryX = new float[queryY.length * LAYOUT.features()];
    for (int task = 0; task < TASKS; task++) {
      int sign = random.nextBoolean() ? 1 : -1;
      fill(supportX, supportY, task * SUPPORT, SUPPORT, sign, random);
      fill(queryX, queryY, task * QUERIES, QUERIES, sign, random);
    }
    int features = LAYOUT.features();
    inputs.put("support_x", Tensor.of(Shape.of(TASKS, SUPPORT, features), supportX));
    inputs.put("support_y", Tensor.of(Shape.of(TASKS, SUPPORT, 1), supportY));
    inputs.put("support_mask", Tensor.full(Shape.of(TASKS, SUPPORT), 1f));
    inputs.put("query_x", Tensor.of(Shape.of(TASKS, QUERIES, features), queryX));
    inputs.put(AbsoluteLoss.QUERY_Y, Tensor.of(Shape.of(TASKS, QUERIES, 1), queryY));
    inputs.put(AbsoluteLoss.QUERY_WEIGHT, Tensor.full(Shape.of(TASKS, QUERIES), 1f / QUERIES));
  }

  private static void fill(float[] x, float[] y, int from, int rows, int sign, Random random) {
    for (int i = from; i < from + rows; i++) {
      float[] item = item(random);
      System.arraycopy(item, 0, x, i * item.length, item.length);
      y[i] = rating(item, sign);
    }
  }

  private static float rating(float[] item, int sign) {
    return 3 + sign * item[0];
  }

  private static float[] item(Random random) {
    float factor = random.nextBoolean() ? 1 : -1;
    return new float[] {factor, (float) random.nextGaussian(), 0, 0, 3f, 2f, 1f};
  }

  /** Mean absolute error of users nobody has seen, after some ratings. */
  private static double error(Learner learner, int events) {
    Random random = new Random(12);
    double sum = 0;
    int asked = 0;
    try (LoadedRelease release =
            new ReleaseLoader(DeviceUnderTest.DEVICE).load(Releases.of("rows", learner));
        Adapter adapter = new Adapter()) {
      for (int user = 0; user < 20; user++) {
        int sign = user % 2 == 0 ? 1 : -1;
        SupportSet.Builder support = SupportSet.builder(LAYOUT.features(), 1);
        for (int i = 0; i < events; i++) {
          float[] item = item(random);
          support.scored(rating(item, sign), item);
        }
        AdaptedTask task = adapter.adapt(release, List.of(support.build())).get(0);
        List<PredictQuery> queries = new ArrayList<>();
        List<Float> expected = new ArrayList<>();
        for (int q = 0; q < QUERIES; q++) {
          float[] item = item(random);
          queries.add(new PredictQuery(task, "rating", item));
          expected.add(rating(item, sign));
        }
        List<float[]> answers = adapter.predict(release, queries);
        for (int q = 0; q < QUERIES; q++) {
          sum += Math.abs(answers.get(q)[0] - expected.get(q));
          asked++;
        }
      }
    }
    return sum / asked;
  }

  @ParameterizedTest
  @EnumSource(
      value = ScoringLearners.class,
      names = {"MAML", "META_SGD", "ANIL"})
  void sixRatingsTellWhatSomebodyLikes(ScoringLearners which) {
    Learner start =
        which.create(LAYOUT, Map.of("centre", 3.0, "hidden1", 16.0, "hidden2", 16.0), "rating");

    Learner learner = trained(start);

    assertThat(error(learner, 0)).isCloseTo(1, within(0.25));
    assertThat(error(learner, SUPPORT)).isLessThan(0.2);
    assertThat(trained(start).initialization()).isEqualTo(learner.initialization());
  }
}

package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Settings;
import dev.freshet.adaptation.learner.scoring.AbsoluteLoss;
import dev.freshet.adaptation.learner.scoring.CatalogueLoss;
import dev.freshet.adaptation.learner.scoring.CatalogueSoftmaxLearner;
import dev.freshet.adaptation.learner.scoring.ScoringLearners;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Outer gradients against central differences along a random direction, in every tensor. */
class ScoringGradientsTest {
  private static final ItemLayout LAYOUT = new ItemLayout(3, 4);
  private static final int TASKS = 4;
  private static final int SUPPORT = 6;
  private static final int QUERIES = 5;
  private static final int BACKGROUND = 7;
  private static final float STEP = 1e-3f;

  private final Random random = new Random(5);

  @ParameterizedTest
  @EnumSource(ScoringLearners.class)
  void ofTheAbsoluteError(ScoringLearners which) {
    Learner learner = which.create(LAYOUT, Map.of(), "rating");
    Map<String, Tensor> inputs = new TreeMap<>(learner.initialization());
    addSupport(inputs);
    inputs.put("query_x", normal(TASKS, QUERIES, LAYOUT.features()));
    inputs.put(AbsoluteLoss.QUERY_Y, normal(TASKS, QUERIES, 1));
    inputs.put(AbsoluteLoss.QUERY_WEIGHT, Tensor.full(Shape.of(TASKS, QUERIES), 0.2f));

    check(AbsoluteLoss.graph(learner), inputs, AbsoluteLoss.learned(learner));
  }

  @Test
  void ofTheSurpriseOverTheCatalogue() {
    Settings settings =
        Settings.of(
            CatalogueSoftmaxLearner.SETTINGS,
            Map.of("background", (double) BACKGROUND, "rate", 0.3));
    CatalogueSoftmaxLearner learner = new CatalogueSoftmaxLearner(LAYOUT, settings, "rank");
    Map<String, Tensor> inputs = new TreeMap<>(learner.initialization());
    addSupport(inputs);
    inputs.put("background", normal(BACKGROUND, LAYOUT.features()));
    inputs.put(CatalogueLoss.TARGET, Tensor.full(Shape.of(TASKS, BACKGROUND), 1f / BACKGROUND));
    inputs.put(CatalogueLoss.PENALTY, normal(TASKS, BACKGROUND));
    var learned = CatalogueLoss.learned(learner);
    learned.add("support_x");

    check(CatalogueLoss.graph(learner), inputs, learned);
  }

  private void addSupport(Map<String, Tensor> inputs) {
    inputs.put("support_x", normal(TASKS, SUPPORT, LAYOUT.features()));
    inputs.put("support_y", normal(TASKS, SUPPORT, 1));
    inputs.put("support_mask", Tensor.full(Shape.of(TASKS, SUPPORT), 1f));
  }

  private void check(Graph graph, Map<String, Tensor> inputs, Iterable<String> learned) {
    try (CompiledGraph compiled = CompiledGraph.of(graph, DeviceUnderTest.DEVICE)) {
      Map<String, Tensor> outputs = compiled.run(inputs);
      for (String name : learned) {
        Tensor at = Objects.requireNonNull(inputs.get(name));
        float[] direction = normal(at.shape().toArray()).toArray();
        double ahead = loss(compiled, inputs, name, moved(at, direction, STEP));
        double behind = loss(compiled, inputs, name, moved(at, direction, -STEP));
        double difference = (ahead - behind) / (2 * STEP);
        float[] gradient = Objects.requireNonNull(outputs.get("gradient_" + name)).toArray();
        double derivative = 0;
        for (int i = 0; i < gradient.length; i++) {
          derivative += (double) gradient[i] * direction[i];
        }
        assertThat(derivative)
            .as(name)
            .isCloseTo(difference, within(0.03 + 0.03 * Math.abs(difference)));
      }
    }
  }

  private static Tensor moved(Tensor at, float[] direction, float step) {
    float[] values = at.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] += step * direction[i];
    }
    return Tensor.of(at.shape(), values);
  }

  private static double loss(
      CompiledGraph graph, Map<String, Tensor> inputs, String name, Tensor changed) {
    Map<String, Tensor> moved = new TreeMap<>(inputs);
    moved.put(name, changed);
    double sum = 0;
    for (float loss : Objects.requireNonNull(graph.run(moved).get("loss")).toArray()) {
      sum += loss;
    }
    return sum;
  }

  private Tensor normal(int... sizes) {
    Shape shape = Shape.of(sizes);
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(shape, values);
  }
}

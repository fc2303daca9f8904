package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.autodiff.DifferenceCheck;
import dev.freshet.adaptation.autodiff.Float64Array;
import dev.freshet.adaptation.autodiff.Float64Run;
import dev.freshet.adaptation.graph.Graph;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole outer steps: the gradient through the inner loop against central differences in float64,
 * and ONNX Runtime's float32 against that float64. Networks are smooth: a kink of ReLU would be a
 * difference that is no derivative.
 */
class MetaGradientTest {
  private static final int FEATURES = 6;
  private static final Map<String, Double> SMALL =
      Map.of("hidden1", 5.0, "hidden2", 4.0, "smooth", 1.0, "steps", 3.0, "rate", 0.4);

  private static Learner small(Learners which) {
    return which.create(FEATURES, SMALL);
  }

  private static Learner number(Learners which, Map<String, Double> more) {
    Map<String, Double> settings = new HashMap<>(more);
    settings.putAll(
        Map.of("numbers", 1.0, "hidden1", 5.0, "smooth", 1.0, "steps", 3.0, "rate", 0.2));
    return which.create(FEATURES, settings);
  }

  static Stream<Learner> differentiated() {
    Learner lda =
        new LdaLearner(
            FEATURES, Settings.of(LdaLearner.SETTINGS, Map.of("rank", 2.0, "temperature", 3.0)));
    Learner linear =
        Learners.ANIL.create(FEATURES, Map.of("steps", 3.0, "headScale", 2.0, "firstRate", 2.0));
    Learner plain =
        Learners.PLAIN_LOGISTIC.create(
            FEATURES, Map.of("rank", 2.0, "steps", 4.0, "c", 2.0, "temperature", 1.5));
    return Stream.of(
        Learners.PROTOTYPE.create(FEATURES, Map.of("temperature", 3.0)),
        lda,
        Learners.LOGISTIC.create(
            FEATURES, Map.of("rank", 2.0, "steps", 4.0, "priorVariance", 2.0, "headScale", 1.5)),
        new MetricPrototypes(FEATURES),
        linear,
        Learners.ANIL.create(
            FEATURES, Map.of("hidden1", 5.0, "smooth", 1.0, "steps", 3.0, "headScale", 2.0)),
        small(Learners.MAML),
        Learners.MAML.create(FEATURES, Map.of("hidden1", 5.0, "smooth", 1.0, "lowRank", 1.0)),
        small(Learners.META_SGD),
        number(Learners.MAML, Map.of("hidden2", 4.0)),
        number(Learners.MAML, Map.of("lowRank", 1.0)),
        number(Learners.MAML, Map.of("fixedRates", 1.0)),
        number(Learners.META_SGD, Map.of("hidden2", 4.0)),
        plain,
        new EnsembleLearner(List.of(linear, lda), Map.of("usualWeight", 2.0)));
  }

  @ParameterizedTest
  @MethodSource("differentiated")
  void isTheDerivativeOfTheQueriesLoss(Learner learner) {
    Graph graph = MetaGradient.graph(learner);
    Map<String, Float64Array> inputs = Float64Episode.of(learner, 5, 3);
    DifferenceCheck.of(graph, inputs, MetaGradient.LOSS, MetaGradient::gradient);
    DifferenceCheck.onnxRuntimeAgrees(graph, inputs, 2e-4);
  }

  /** What is served has other gradients, so what is trained takes its place. */
  @Test
  void whatAnEnsembleWithAPlainMemberIsTrainedByIsDifferentiatedToo() {
    Learner lda = Learners.LDA.create(FEATURES, Map.of("rank", 2.0, "temperature", 3.0));
    Learner plain =
        Learners.PLAIN_LOGISTIC.create(FEATURES, Map.of("rank", 2.0, "steps", 4.0, "c", 2.0));
    Learner ensemble = new EnsembleLearner(List.of(lda, plain));
    Learner trained =
        new DelegatingLearner(ensemble) {
          @Override
          public Graph predictGraph() {
            return ensemble.trainingPredictGraph();
          }
        };
    Map<String, Float64Array> inputs = Float64Episode.of(ensemble, 5, 3);
    Graph graph = MetaGradient.graph(trained);
    DifferenceCheck.of(graph, inputs, MetaGradient.LOSS, MetaGradient::gradient);
    Map<String, Float64Array> served = Float64Run.run(MetaGradient.graph(ensemble), inputs);
    Map<String, Float64Array> ofParts = Float64Run.run(graph, inputs);
    for (String tensor : ensemble.initialization().keySet()) {
      assertThat(difference(served, ofParts, MetaGradient.gradient(tensor)))
          .as(tensor)
          .isLessThan(1e-9);
    }
  }

  @Test
  void thePlainMemberIsTrainedBesideTheOthers() {
    Learner lda = Learners.LDA.create(FEATURES, Map.of("rank", 2.0, "temperature", 3.0));
    Learner linear = Learners.ANIL.create(FEATURES, Map.of("steps", 3.0, "headScale", 2.0));
    Learner plain = Learners.PLAIN_LOGISTIC.create(FEATURES, Map.of("rank", 2.0, "steps", 4.0));
    Learner all = new EnsembleLearner(List.of(lda, linear, plain));
    Learner others = new EnsembleLearner(List.of(lda, linear));
    Map<String, Float64Array> inputs = Float64Episode.of(all, 5, 3);
    Map<String, Float64Array> ofAll = Float64Run.run(MetaGradient.graph(all), inputs);
    Map<String, Float64Array> ofOthers = Float64Run.run(MetaGradient.graph(others), inputs);
    for (String tensor : others.initialization().keySet()) {
      assertThat(difference(ofAll, ofOthers, MetaGradient.gradient(tensor)))
          .as(tensor)
          .isLessThan(1e-9);
    }
    assertThat(difference(ofAll, ofOthers, MetaGradient.LOSS)).isGreaterThan(0.001);
  }

  /** What is held out is to say how good the release is, not the graph that it was trained by. */
  @Test
  void whereNothingIsTrainedTheScoresAreThoseServed() {
    Map<String, Double> rank = Map.of("rank", 2.0);
    Learner ensemble =
        new EnsembleLearner(
            List.of(Learners.LDA.create(FEATURES, rank), Learners.LOGISTIC.create(FEATURES, rank)),
            Map.of("usualWeight", 0.5, "leftOutWeight", 0.5));
    Map<String, Float64Array> inputs = Float64Episode.of(ensemble, 5, 3);
    Map<String, Float64Array> served = new HashMap<>(inputs);
    served.putAll(Float64Run.run(ensemble.adaptGraph(), inputs));
    Map<String, Float64Array> expected =
        Map.of(
            MetaGradient.SCORES,
            output(Float64Run.run(ensemble.predictGraph(), served), GraphContract.scores("label")));
    Graph judging = MetaGradient.graph(ensemble, "label", Set.of());
    Graph training = MetaGradient.graph(ensemble);

    assertThat(difference(Float64Run.run(judging, inputs), expected, MetaGradient.SCORES))
        .isLessThan(1e-12);
    assertThat(difference(Float64Run.run(training, inputs), expected, MetaGradient.SCORES))
        .isGreaterThan(1e-4);
  }

  @Test
  void firstOrderIsMeasurablyAnother() {
    Learner second = small(Learners.MAML);
    Learner first = small(Learners.FIRST_ORDER_MAML);
    Map<String, Float64Array> inputs = Float64Episode.of(second, 5, 3);
    Map<String, Float64Array> ofSecond = Float64Run.run(MetaGradient.graph(second), inputs);
    Map<String, Float64Array> ofFirst = Float64Run.run(MetaGradient.graph(first), inputs);
    assertThat(difference(ofFirst, ofSecond, MetaGradient.LOSS)).isLessThan(1e-12);
    for (String tensor : List.of("layer1_weight", "layer2_weight", "log_head_scale")) {
      assertThat(difference(ofFirst, ofSecond, MetaGradient.gradient(tensor)))
          .as(tensor)
          .isGreaterThan(0.02);
    }
  }

  @Test
  void firstOrderOfNumbersIsAnotherToo() {
    Learner second = number(Learners.MAML, Map.of());
    Learner first = number(Learners.FIRST_ORDER_MAML, Map.of());
    Map<String, Float64Array> inputs = Float64Episode.of(second, 5, 3);
    Map<String, Float64Array> ofSecond = Float64Run.run(MetaGradient.graph(second), inputs);
    Map<String, Float64Array> ofFirst = Float64Run.run(MetaGradient.graph(first), inputs);
    assertThat(difference(ofFirst, ofSecond, MetaGradient.LOSS)).isLessThan(1e-12);
    for (String tensor : List.of("layer1_weight", "start_head", "start_head_bias")) {
      assertThat(difference(ofFirst, ofSecond, MetaGradient.gradient(tensor)))
          .as(tensor)
          .isGreaterThan(0.02);
    }
  }

  /** Of numbers the head is learned as well. */
  @Test
  void reptileMovesTheHeadOfNumbers() {
    Learner reptile = number(Learners.REPTILE, Map.of());
    Map<String, Float64Array> inputs = Float64Episode.of(reptile, 5, 3);
    Map<String, Float64Array> outputs = Float64Run.run(MetaGradient.graph(reptile), inputs);
    assertThat(norm(output(outputs, MetaGradient.gradient("start_head")))).isPositive();
    DifferenceCheck.onnxRuntimeAgrees(MetaGradient.graph(reptile), inputs, 2e-4);
  }

  @Test
  void firstOrderAdaptsJustAsMaml() {
    assertThat(small(Learners.FIRST_ORDER_MAML).initialization())
        .isEqualTo(small(Learners.MAML).initialization());
    Map<String, Float64Array> inputs = Float64Episode.of(small(Learners.MAML), 5, 3);
    Map<String, Float64Array> maml = Float64Run.run(small(Learners.MAML).adaptGraph(), inputs);
    Map<String, Float64Array> first =
        Float64Run.run(small(Learners.FIRST_ORDER_MAML).adaptGraph(), inputs);
    maml.keySet().forEach(name -> assertThat(difference(first, maml, name)).isZero());
  }

  /** The dual form is exact: Reptile trains in the plain one and serves in the dual. */
  @Test
  void theDualFormIsThePlainOne() {
    Map<String, Double> settings = Map.of("hidden1", 5.0, "smooth", 1.0, "steps", 4.0);
    Learner dual = Learners.MAML.create(FEATURES, settings);
    Learner plain = Learners.META_SGD.create(FEATURES, settings);
    Map<String, Float64Array> inputs = Float64Episode.of(dual, 5, 3);
    Map<String, Float64Array> plainInputs = Float64Episode.of(plain, 5, 3);
    inputs.forEach(plainInputs::put);
    plain
        .initialization()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith("rate_")) {
                double rate = Objects.requireNonNull(inputs.get(name)).values()[0];
                int[] sizes = tensor.shape().toArray();
                plainInputs.put(
                    name,
                    new Float64Array(sizes, new double[tensor.shape().elements()])
                        .map(zero -> rate));
              }
            });
    Map<String, Float64Array> ofDual = Float64Run.run(MetaGradient.graph(dual), inputs);
    Map<String, Float64Array> ofPlain = Float64Run.run(MetaGradient.graph(plain), plainInputs);
    for (String tensor : List.of("layer1_weight", "layer1_bias", "log_head_scale")) {
      String gradient = MetaGradient.gradient(tensor);
      assertThat(difference(ofDual, ofPlain, gradient)).as(tensor).isLessThan(1e-9);
    }
    assertThat(difference(ofDual, ofPlain, MetaGradient.SCORES)).isLessThan(1e-12);
  }

  /** With a rate near zero, T steps move by T rates times the gradient of the support's loss. */
  @Test
  void reptileMovesDownTheSupportsLoss() {
    Map<String, Double> settings =
        Map.of("hidden1", 5.0, "smooth", 1.0, "steps", 1.0, "rate", 0.01);
    Learner reptile = Learners.REPTILE.create(FEATURES, settings);
    Map<String, Float64Array> inputs = Float64Episode.of(reptile, 5, 3);
    Map<String, Float64Array> outputs = Float64Run.run(MetaGradient.graph(reptile), inputs);
    Float64Array moved = output(outputs, MetaGradient.gradient("layer1_weight"));
    assertThat(moved.sizes()).containsExactly(FEATURES, 5);
    assertThat(norm(moved)).isBetween(1e-5, 1.0);
    assertThat(norm(output(outputs, MetaGradient.gradient("log_temperature")))).isZero();
    DifferenceCheck.onnxRuntimeAgrees(MetaGradient.graph(reptile), inputs, 2e-4);

    Float64Array start = Objects.requireNonNull(inputs.get("layer1_weight"));
    inputs.put("layer1_weight", start.with(moved, (x, d) -> x - d));
    Map<String, Float64Array> after = Float64Run.run(MetaGradient.graph(reptile), inputs);
    assertThat(norm(output(after, MetaGradient.gradient("layer1_weight"))))
        .isCloseTo(norm(moved), within(0.2 * norm(moved)));
  }

  private static Float64Array output(Map<String, Float64Array> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name), name);
  }

  private static double difference(
      Map<String, Float64Array> a, Map<String, Float64Array> b, String name) {
    Float64Array other = output(b, name);
    return norm(output(a, name).with(other, (x, y) -> x - y)) / Math.max(1e-12, norm(other));
  }

  private static double norm(Float64Array array) {
    return Math.sqrt(array.map(x -> x * x).sum());
  }
}

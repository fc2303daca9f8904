package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.autodiff.Float64Array;
import dev.freshet.adaptation.autodiff.Float64Run;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The pool, put together by hand from what each member says alone. */
class EnsembleLearnerTest {
  private static final String SCORES = GraphContract.scores("label");

  private final Learner lda = Learners.LDA.create(PlainTask.FEATURES, Map.of("rank", 2.0));
  private final Learner prototypes = Learners.PROTOTYPE.create(PlainTask.FEATURES, Map.of());
  private final Learner plain =
      Learners.PLAIN_LOGISTIC.create(PlainTask.FEATURES, Map.of("rank", 2.0));
  private final Learner logistic =
      Learners.LOGISTIC.create(PlainTask.FEATURES, Map.of("rank", 2.0));

  @Test
  void plainLogisticRegressionHasMoreSayTheMoreExamplesThereAre() {
    Learner ensemble =
        new EnsembleLearner(
            List.of(plain, prototypes, lda), Map.of("plainOdds", 0.4, "plainShotsPower", 1.5));
    Map<String, Float64Array> inputs = new HashMap<>(Float64Episode.of(ensemble, 4, 3));
    Map<String, Float64Array> adapted = adapted(ensemble, inputs);
    // The first task has eight examples and two names, and four ways.
    double shots = 1 + 8.0 / PlainTask.WAYS;
    double odds = 0.4 * Math.pow(shots, 1.5);
    double[] mixture = values(inputs, "mixture");
    double ofLda = Math.exp(mixture[0]) * (1 - 1 / shots + 0.001);
    double ofBoth = ofLda + Math.exp(mixture[1]);
    double[] parts = {
      ofLda / ofBoth / (1 + odds), (1 - ofLda / ofBoth) / (1 + odds), odds / (1 + odds),
    };
    double[][] said = {scores(lda, inputs), scores(prototypes, inputs), scores(plain, inputs)};
    double sharpness = 0.6;
    Map<String, Float64Array> served = with(inputs, adapted);
    served.put("sharpness", new Float64Array(new int[] {3, 1, 1}, new double[] {sharpness, 1, 1}));
    double[] got = values(Float64Run.run(ensemble.predictGraph(), served), SCORES);
    for (int query = 0; query < 4; query++) {
      double[] pooled = new double[PlainTask.WAYS];
      double sum = 0;
      for (int k = 0; k < PlainTask.WAYS; k++) {
        for (int m = 0; m < parts.length; m++) {
          pooled[k] += parts[m] * said[m][query * PlainTask.WAYS + k];
        }
        pooled[k] = Math.pow(pooled[k], sharpness);
        sum += pooled[k];
      }
      for (int k = 0; k < PlainTask.WAYS; k++) {
        assertThat(got[query * PlainTask.WAYS + k])
            .as("query %s, way %s", query, k)
            .isCloseTo(pooled[k] / sum, within(1e-9));
      }
    }
  }

  @Test
  void examplesLeftOutMaySpeakForPlainLogisticRegressionButNotAgainstIt() {
    List<Learner> members = List.of(plain, logistic, lda);
    Map<String, Float64Array> inputs =
        Float64Episode.of(new EnsembleLearner(members, Map.of()), 4, 12);
    double[] evidence = evidence(inputs);
    double[] usual = plainOdds(new EnsembleLearner(members, Map.of("plainEvidence", 0.0)), inputs);
    assertThat(Arrays.stream(evidence).boxed()).anyMatch(e -> e > 0.05).anyMatch(e -> e < -0.05);
    for (double believed : new double[] {0.7, 20}) {
      Learner ensemble = new EnsembleLearner(members, Map.of("plainEvidence", believed));
      double[] got = plainOdds(ensemble, inputs);
      for (int task = 0; task < evidence.length; task++) {
        double power = Math.min(believed * Math.max(evidence[task], 0), 12);
        double expected = usual[task] * Math.exp(power);
        assertThat(got[task])
            .as("task %s, %s believed", task, believed)
            .isCloseTo(expected, within(1e-6 * expected));
      }
    }
    assertThat(Arrays.stream(evidence).max().orElseThrow()).isGreaterThan(12 / 20.0);
  }

  /** Of every task. */
  private static double[] plainOdds(Learner ensemble, Map<String, Float64Array> inputs) {
    double[] weights = values(adapted(ensemble, inputs), "weights");
    double[] odds = new double[weights.length / 3];
    for (int task = 0; task < odds.length; task++) {
      double plain = weights[task * 3 + 2];
      odds[task] = plain / (1 - plain);
    }
    return odds;
  }

  /** Of every task, by what the members leave out alone. */
  private double[] evidence(Map<String, Float64Array> inputs) {
    Map<String, Float64Array> said = new HashMap<>(inputs);
    for (Learner member : List.of(plain, logistic)) {
      Map<String, Float64Array> own = new HashMap<>(inputs);
      for (String name : member.initialization().keySet()) {
        own.put(name, Objects.requireNonNull(inputs.get(EnsembleLearner.nameOf(member, name))));
      }
      Map<String, Float64Array> outputs = Float64Run.run(member.leftOutGraph().orElseThrow(), own);
      said.put(member.name(), Objects.requireNonNull(outputs.get(GraphContract.LEFT_OUT)));
    }
    GraphBuilder g = new GraphBuilder("alone");
    SupportInputs support = SupportInputs.declare(g, PlainTask.FEATURES);
    Node ofPlain = g.input(plain.name(), Dim.TASKS, Dim.SUPPORT, Dim.WAYS);
    Node ofLogistic = g.input(logistic.name(), Dim.TASKS, Dim.SUPPORT, Dim.WAYS);
    g.output("evidence", Evidence.of(g, support, ofPlain, ofLogistic));
    return values(Float64Run.run(g.build(), said), "evidence");
  }

  /** A refresh begins from a champion, which may be a release from before. */
  @Test
  void aPoolFromBeforeIsTakenOnWithoutWhatItAskedOtherwise() {
    Map<String, Double> before = Map.of("plainOdds", 0.4, "leftOutScale", 0.35);
    Learner pool = new EnsembleLearner(List.of(plain, logistic, lda), before);
    assertThat(pool.settings().asMap())
        .containsEntry("plainOdds", 0.4)
        .containsKeys("leftOutWeight", "plainEvidence")
        .doesNotContainKey("leftOutScale");
  }

  @Test
  void answersAreAsSureAsThoseLeftOutAllow() {
    Map<String, Double> chosen = Map.of("usualWeight", 6.0, "usualTemperature", 1.0);
    Learner ensemble = new EnsembleLearner(List.of(prototypes, lda), chosen);
    PlainTask clear =
        new PlainTask(new EnsembleLearner(List.of(logistic, prototypes, lda), chosen));
    // Every row has the vector of the next one, which is another label's.
    PlainTask mixedUp = clear.withRows(i -> clear.x((i + 1) % PlainTask.ROWS));
    double sharpness = values(adapted(ensemble, mixedUp.inputs()), "sharpness")[0];

    Map<String, Float64Array> inputs = new HashMap<>(mixedUp.inputs());
    assertThat(sharpness).isEqualTo(alone(inputs, chosen, false), within(1e-12)).isLessThan(0.9);

    Map<String, Float64Array> ofLogistic = new HashMap<>(inputs);
    for (String name : logistic.initialization().keySet()) {
      String among = EnsembleLearner.nameOf(logistic, name);
      ofLogistic.put(name, Objects.requireNonNull(inputs.get(among)));
    }
    inputs.putAll(Float64Run.run(logistic.leftOutGraph().orElseThrow(), ofLogistic));
    Learner withLogistic = new EnsembleLearner(List.of(logistic, prototypes, lda), chosen);
    assertThat(values(adapted(withLogistic, mixedUp.inputs()), "sharpness")[0])
        .isEqualTo(alone(inputs, chosen, true), within(1e-12))
        .isNotCloseTo(sharpness, within(1e-3));
  }

  /** Outside an ensemble, by the means or by a member. */
  private static double alone(
      Map<String, Float64Array> inputs, Map<String, Double> chosen, boolean asksMember) {
    GraphBuilder g = new GraphBuilder("alone");
    SupportInputs support = SupportInputs.declare(g, PlainTask.FEATURES);
    Node squares = g.input(GraphContract.SUPPORT_SQUARE, Dim.TASKS, Dim.SUPPORT);
    List<Setting> declared = new ArrayList<>(Sharpness.SETTINGS);
    declared.add(Sharpness.LEFT_OUT_PRIOR);
    Settings settings = Settings.of(declared, chosen);
    if (asksMember) {
      Node leftOut = g.input(GraphContract.LEFT_OUT, Dim.TASKS, Dim.SUPPORT, Dim.WAYS);
      g.output("alone", Sharpness.of(g, support, settings, leftOut));
    } else {
      g.output("alone", Sharpness.of(g, support, squares, settings));
    }
    return values(Float64Run.run(g.build(), inputs), "alone")[0];
  }

  private static double[] scores(Learner member, Map<String, Float64Array> inputs) {
    Map<String, Float64Array> own = new HashMap<>(inputs);
    for (String name : member.initialization().keySet()) {
      own.put(name, Objects.requireNonNull(inputs.get(EnsembleLearner.nameOf(member, name))));
    }
    return values(Float64Run.run(member.predictGraph(), with(own, adapted(member, own))), SCORES);
  }

  private static Map<String, Float64Array> adapted(
      Learner learner, Map<String, Float64Array> inputs) {
    return Float64Run.run(learner.adaptGraph(), inputs);
  }

  private static Map<String, Float64Array> with(
      Map<String, Float64Array> inputs, Map<String, Float64Array> adapted) {
    Map<String, Float64Array> all = new HashMap<>(inputs);
    all.putAll(adapted);
    return all;
  }

  private static double[] values(Map<String, Float64Array> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name), name).values();
  }
}

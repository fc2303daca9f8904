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
            List.of(plain, prototypes, lda),
            Map.of(
                "plainOdds",
                0.4,
                "plainShotsPower",
                1.5,
                "namelessOdds",
                3.0,
                "meansEvidence",
                0.0));
    Map<String, Float64Array> inputs = new HashMap<>(Float64Episode.of(ensemble, 4, 3));
    Map<String, Float64Array> adapted = adapted(ensemble, inputs);
    // The first task has eight examples and two names, and four ways.
    double shots = 1 + 8.0 / PlainTask.WAYS;
    double odds = 0.4 * Math.pow(shots, 1.5) + 3 * 0.5 * 0.5;
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
    double[] evidence = evidence(inputs, logistic);
    double[] usual = plainOdds(pool(0, 0), inputs);
    assertThat(Arrays.stream(evidence).boxed()).anyMatch(e -> e > 0.05).anyMatch(e -> e < -0.05);
    for (double believed : new double[] {0.7, 20}) {
      double[] got = plainOdds(pool(believed, 0), inputs);
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

  @Test
  void whereMeansAnswerWhatIsLeftOutBetterThanRegressionLdaHasTheSay() {
    Map<String, Float64Array> inputs = Float64Episode.of(pool(0, 0), 5, 12);
    double[] beyond = meansBeyond(inputs);
    assertThat(Arrays.stream(beyond).boxed()).anyMatch(e -> e > 0.05).anyMatch(e -> e < -0.05);
    assertThat(Arrays.stream(beyond).max().orElseThrow()).isGreaterThan(12 / 90.0);
    double[] usual = plainOdds(pool(0, 0), inputs);
    double[] ofLda = ldaOdds(pool(0, 0), inputs);
    for (double believed : new double[] {0.7, 90}) {
      double[] plainOdds = plainOdds(pool(0, believed), inputs);
      double[] ldaOdds = ldaOdds(pool(0, believed), inputs);
      for (int task = 0; task < beyond.length; task++) {
        double power = Math.exp(Math.min(believed * Math.max(beyond[task], 0), 12));
        assertThat(plainOdds[task] * power)
            .as("task %s, %s believed", task, believed)
            .isCloseTo(usual[task], within(1e-6 * usual[task]));
        assertThat(ldaOdds[task] / power).isCloseTo(ofLda[task], within(1e-6 * ofLda[task]));
      }
    }
  }

  /** Nothing but the labels tells the two tasks apart. */
  @Test
  void mixedUpLabelsMisleadItLittleMoreThanTheyDoMeans() {
    MixedUpLabels clear = new MixedUpLabels(0);
    assertThat(clear.plainWeight(Map.of()))
        .isCloseTo(clear.plainWeight(Map.of("meansEvidence", 0.0)), within(0.05));
    assertThat(clear.accuracy(clear.ensemble()))
        .isGreaterThan(0.95)
        .isGreaterThan(clear.accuracy(clear.means()) - 0.02);
    MixedUpLabels mixedUp = new MixedUpLabels(0.4);
    assertThat(mixedUp.plainWeight(Map.of("meansEvidence", 0.0))).isGreaterThan(0.9);
    assertThat(mixedUp.plainWeight(Map.of())).isLessThan(0.1);
    double byMeans = mixedUp.accuracy(mixedUp.means());
    assertThat(mixedUp.accuracy(mixedUp.regression())).isLessThan(byMeans - 0.15);
    assertThat(mixedUp.accuracy(mixedUp.ensemble())).isGreaterThan(byMeans - 0.04);
  }

  private Learner pool(double plainEvidence, double meansEvidence) {
    return new EnsembleLearner(
        List.of(plain, logistic, lda),
        Map.of("plainEvidence", plainEvidence, "meansEvidence", meansEvidence));
  }

  /** Of every task. */
  private static double[] plainOdds(Learner ensemble, Map<String, Float64Array> inputs) {
    double[] weights = values(adapted(ensemble, inputs), "weights");
    double[] odds = new double[weights.length / 3];
    Arrays.setAll(odds, task -> weights[task * 3 + 2] / (1 - weights[task * 3 + 2]));
    return odds;
  }

  /** LDA's weight over the logistic member's, of every task. */
  private static double[] ldaOdds(Learner ensemble, Map<String, Float64Array> inputs) {
    double[] weights = values(adapted(ensemble, inputs), "weights");
    double[] odds = new double[weights.length / 3];
    Arrays.setAll(odds, task -> weights[task * 3] / weights[task * 3 + 1]);
    return odds;
  }

  /** Of every task, for means and against the plain member, beyond the margin. */
  private double[] meansBeyond(Map<String, Float64Array> inputs) {
    GraphBuilder g = new GraphBuilder("alone");
    SupportInputs support = SupportInputs.declare(g, PlainTask.FEATURES);
    Node squares = g.input(GraphContract.SUPPORT_SQUARE, Dim.TASKS, Dim.SUPPORT);
    Node ofPlain = g.input(plain.name(), Dim.TASKS, Dim.SUPPORT, Dim.WAYS);
    Node means = LeftOutMeans.of(g, support, squares);
    g.output("evidence", Evidence.of(g, support, means, ofPlain))
        .output("examples", Evidence.examples(g, support))
        .output("evenness", TaskScale.evenness(g, support));
    Map<String, Float64Array> said = Float64Run.run(g.build(), leftOut(inputs, plain));
    double[] beyond = values(said, "evidence").clone();
    Arrays.setAll(
        beyond,
        task ->
            beyond[task]
                - (0.1 + 10 * Math.pow(1 - values(said, "evenness")[task], 2))
                    * values(said, "examples")[task]);
    // Of the first task: six rows, two and two, and a way without any.
    assertThat(values(said, "evenness")[0])
        .isCloseTo(9 / (10 * (1 / 6.0 + 1 / 2.0 + 1 / 2.0)), within(1e-9));
    return beyond;
  }

  /** Of every task, for the plain member and against another. */
  private double[] evidence(Map<String, Float64Array> inputs, Learner other) {
    GraphBuilder g = new GraphBuilder("alone");
    SupportInputs support = SupportInputs.declare(g, PlainTask.FEATURES);
    Node ofPlain = g.input(plain.name(), Dim.TASKS, Dim.SUPPORT, Dim.WAYS);
    Node ofOther = g.input(other.name(), Dim.TASKS, Dim.SUPPORT, Dim.WAYS);
    g.output("evidence", Evidence.of(g, support, ofPlain, ofOther));
    return values(Float64Run.run(g.build(), leftOut(inputs, plain, other)), "evidence");
  }

  /** What members leave out alone, by their names, beside the inputs. */
  private static Map<String, Float64Array> leftOut(
      Map<String, Float64Array> inputs, Learner... members) {
    Map<String, Float64Array> said = new HashMap<>(inputs);
    for (Learner member : members) {
      Map<String, Float64Array> own = ofMember(inputs, member);
      Map<String, Float64Array> outputs = Float64Run.run(member.leftOutGraph().orElseThrow(), own);
      said.put(member.name(), Objects.requireNonNull(outputs.get(GraphContract.LEFT_OUT)));
    }
    return said;
  }

  /** A refresh begins from a champion, which may be a release from before. */
  @Test
  void aPoolFromBeforeIsTakenOnWithoutWhatItAskedOtherwise() {
    Map<String, Double> before = Map.of("plainOdds", 0.4, "leftOutScale", 0.35);
    Learner pool = new EnsembleLearner(List.of(plain, logistic, lda), before);
    assertThat(pool.settings().asMap())
        .containsEntry("plainOdds", 0.4)
        .containsKeys("leftOutWeight", "plainEvidence", "namelessOdds", "meansEvidence")
        .containsKeys("meansMargin", "meansUnevenMargin")
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

    Map<String, Float64Array> ofLogistic = ofMember(inputs, logistic);
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
    Map<String, Float64Array> own = ofMember(inputs, member);
    return values(Float64Run.run(member.predictGraph(), with(own, adapted(member, own))), SCORES);
  }

  /** With its tensors by the names that they have when it is alone. */
  private static Map<String, Float64Array> ofMember(
      Map<String, Float64Array> inputs, Learner member) {
    Map<String, Float64Array> own = new HashMap<>(inputs);
    for (String name : member.initialization().keySet()) {
      own.put(name, Objects.requireNonNull(inputs.get(EnsembleLearner.nameOf(member, name))));
    }
    return own;
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

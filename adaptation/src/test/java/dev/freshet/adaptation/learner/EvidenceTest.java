package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.autodiff.Float64Array;
import dev.freshet.adaptation.autodiff.Float64Run;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Beside it the same sum, row by row. */
class EvidenceTest {
  private static final int WAYS = 3;

  /** Names of 0 and 2, examples of 0 and 1 by turns, one of 2; then padding. */
  private static final int[] LABELS = {0, 2, 0, 1, 0, 1, 0, 1, 2};

  private static final int NAMES = 2;

  /** Of these, the first, third and so on of every label, but for the one with a name alone. */
  private static final int[] ASKED = {2, 3, 6, 7};

  private static final int ROWS = LABELS.length + 2;

  private static final Graph GRAPH = graph();

  private static Graph graph() {
    GraphBuilder g = new GraphBuilder("evidence");
    SupportInputs support = SupportInputs.declare(g, 1);
    Node one = g.input("one", Dim.TASKS, Dim.SUPPORT, Dim.WAYS);
    Node other = g.input("other", Dim.TASKS, Dim.SUPPORT, Dim.WAYS);
    return g.output("evidence", Evidence.of(g, support, one, other))
        .output("examples", Evidence.examples(g, support))
        .build();
  }

  private static double[] random(long seed) {
    Random random = new Random(seed);
    double[] values = new double[ROWS * WAYS];
    Arrays.setAll(values, i -> random.nextGaussian());
    return values;
  }

  private static double evidence(double[] one, double[] other) {
    return output("evidence", one, other);
  }

  private static double output(String name, double[] one, double[] other) {
    Map<String, Float64Array> inputs = LabelledRows.inputs(LABELS, NAMES, ROWS, 1, 1, 1);
    inputs.put("one", new Float64Array(new int[] {1, ROWS, WAYS}, one));
    inputs.put("other", new Float64Array(new int[] {1, ROWS, WAYS}, other));
    return Objects.requireNonNull(Float64Run.run(GRAPH, inputs).get(name)).values()[0];
  }

  private static double likely(double[] logits, int row) {
    double sum = 0;
    for (int way = 0; way < WAYS; way++) {
      sum += Math.exp(logits[row * WAYS + way]);
    }
    return Math.exp(logits[row * WAYS + LABELS[row]]) / sum;
  }

  @Test
  void isNearlyTheLogarithmOfHowMuchMoreLikelyTheLabelsAre() {
    double[] one = random(1);
    double[] other = random(2);
    double expected = 0;
    double logarithm = 0;
    for (int row : ASKED) {
      double better = likely(one, row);
      double worse = likely(other, row);
      expected += (Math.pow(better, 0.1) - Math.pow(worse, 0.1)) / 0.1;
      logarithm += Math.log(better / worse);
    }
    assertThat(evidence(one, other)).isCloseTo(expected, within(1e-6));
    assertThat(expected).isCloseTo(logarithm, within(0.3 * Math.abs(logarithm)));
    assertThat(evidence(other, one)).isCloseTo(-expected, within(1e-6));
    assertThat(evidence(one, one)).isZero();
  }

  @Test
  void examplesOfLabelsThatHaveAnotherCount() {
    assertThat(output("examples", random(1), random(2))).isEqualTo(ASKED.length);
  }

  @Test
  void oneRowSaysAtMostSoMuch() {
    double[] one = random(1);
    double[] other = one.clone();
    other[ASKED[0] * WAYS + LABELS[ASKED[0]]] = -1e30;
    assertThat(evidence(one, other)).isBetween(1.0, 10.0);
  }
}

package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.autodiff.Float64Array;
import dev.freshet.adaptation.autodiff.Float64Run;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Beside it the same row by row. */
class LeftOutMeansTest {
  private static final int FEATURES = 3;
  private static final int WAYS = 3;

  /** Names of 0 and 1, then examples: of 0 four, of 1 two, of 2 one; then padding. */
  private static final int[] LABELS = {0, 1, 0, 1, 0, 0, 2, 1, 0};

  private static final int NAMES = 2;

  /** The names, the second and fourth example of 0, and the second of 1. */
  private static final int[] LEFT = {0, 1, 4, 7, 8};

  private static final int ROWS = LABELS.length + 2;

  @Test
  void areTheMeansOfWhatIsLeftLessWhatTheirLengthOwesToChance() {
    Random random = new Random(3);
    double[][] x = new double[LABELS.length][FEATURES];
    for (double[] row : x) {
      Arrays.setAll(row, f -> random.nextGaussian());
    }
    double[] got = leftOut(x);
    double[][] means = {mean(x, 0), mean(x, 1)};
    // Of the squares within the ways, and of what one row more would have taken from a mean.
    double scatter = 0;
    double chance = 0;
    for (int way = 0; way < means.length; way++) {
      int k = way;
      int[] own = Arrays.stream(LEFT).filter(row -> LABELS[row] == k).toArray();
      scatter += Arrays.stream(own).mapToDouble(row -> square(x[row])).average().orElseThrow();
      scatter -= square(means[way]);
      chance += 1 - 1.0 / own.length;
    }
    double variance = Math.max(scatter, 0) / chance;
    for (int row = 0; row < LABELS.length; row++) {
      for (int way = 0; way < means.length; way++) {
        double rows = way == 0 ? 3 : 2;
        double length = square(means[way]) - variance / rows;
        double expected = 15 * (PlainTask.dot(x[row], means[way]) - length / 2);
        assertThat(got[row * WAYS + way]).as("row %s", row).isCloseTo(expected, within(1e-9));
      }
      assertThat(got[row * WAYS + 2]).as("nothing is left of it").isLessThan(-1e30);
    }
  }

  private static double[] mean(double[][] x, int way) {
    double[] mean = new double[FEATURES];
    Arrays.setAll(
        mean,
        f ->
            Arrays.stream(LEFT)
                .filter(row -> LABELS[row] == way)
                .mapToDouble(row -> x[row][f])
                .average()
                .orElseThrow());
    return mean;
  }

  private static double square(double[] x) {
    return PlainTask.dot(x, x);
  }

  private static double[] leftOut(double[][] x) {
    GraphBuilder g = new GraphBuilder("means");
    SupportInputs support = SupportInputs.declare(g, FEATURES);
    g.output(
        "means",
        LeftOutMeans.of(g, support, g.input(GraphContract.SUPPORT_SQUARE, Dim.TASKS, Dim.SUPPORT)));
    Map<String, Float64Array> inputs = LabelledRows.inputs(LABELS, NAMES, ROWS, 1, 1, 1);
    double[] flat =
        IntStream.range(0, ROWS * FEATURES)
            .mapToDouble(i -> i / FEATURES < x.length ? x[i / FEATURES][i % FEATURES] : 0)
            .toArray();
    double[] squares =
        IntStream.range(0, ROWS).mapToDouble(i -> i < x.length ? square(x[i]) : 0).toArray();
    inputs.put(GraphContract.SUPPORT_X, new Float64Array(new int[] {1, ROWS, FEATURES}, flat));
    inputs.put(GraphContract.SUPPORT_SQUARE, new Float64Array(new int[] {1, ROWS}, squares));
    return Objects.requireNonNull(Float64Run.run(g.build(), inputs).get("means")).values();
  }
}

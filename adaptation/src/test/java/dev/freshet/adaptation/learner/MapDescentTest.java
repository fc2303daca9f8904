package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import dev.freshet.adaptation.runtime.CompiledGraph;
import dev.freshet.adaptation.runtime.DeviceUnderTest;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What steps in float32 leave of the loss, ½ tr Aᵀ K A + Σ u −log softmax, summed in float64. */
class MapDescentTest {
  private static final int FEATURES = 384;
  private static final double BIAS_VARIANCE = 4;
  private static final double DELAY = 4;

  /** Rows of some labels, around their label's mean, all of one length. */
  private static final class Task {
    private final int[] labels;
    private final int ways;
    private final double[][] products;
    private final double[] losses;
    private int rows;

    Task(long seed, double length, int... counts) {
      this(seed, FEATURES, length, counts);
    }

    /**
     * Draws the rows.
     *
     * @param length of every row
     * @param counts rows of every label
     */
    Task(long seed, int features, double length, int[] counts) {
      Random random = new Random(seed);
      this.ways = counts.length;
      this.labels =
          IntStream.range(0, ways)
              .flatMap(way -> IntStream.generate(() -> way).limit(counts[way]))
              .toArray();
      double[][] means = new double[ways][features];
      for (double[] mean : means) {
        Arrays.setAll(mean, f -> 0.3 * random.nextGaussian());
      }
      double[][] x = new double[labels.length][features];
      for (int i = 0; i < x.length; i++) {
        double[] mean = means[labels[i]];
        Arrays.setAll(x[i], f -> mean[f] + random.nextGaussian());
        double scale = length / Math.sqrt(PlainTask.dot(x[i], x[i]));
        x[i] = Arrays.stream(x[i]).map(value -> scale * value).toArray();
      }
      this.rows = x.length;
      this.products = new double[x.length][x.length];
      for (int i = 0; i < x.length; i++) {
        for (int j = 0; j < x.length; j++) {
          products[i][j] = PlainTask.dot(x[i], x[j]) + BIAS_VARIANCE;
        }
      }
      // As plain logistic regression weighs them: every label has its say.
      this.losses = new double[x.length];
      Arrays.setAll(losses, i -> 10.0 * x.length / ways / counts[labels[i]]);
    }

    /** The same with more rows, which have no losses. */
    Task padded(int size) {
      this.rows = size;
      return this;
    }

    /** By steps, and, where asked, those that follow in large tasks. */
    Tensor combination(int steps, boolean refines) {
      GraphBuilder g = new GraphBuilder("descent");
      Node k = g.input("k", Dim.TASKS, Dim.SUPPORT, Dim.SUPPORT);
      Node y = g.input("y", Dim.TASKS, Dim.SUPPORT, Dim.WAYS);
      Node u = g.input("losses", Dim.TASKS, Dim.SUPPORT, Dim.ONE);
      Node present = g.input("present", Dim.TASKS, Dim.ONE, Dim.WAYS);
      MapDescent descent = new MapDescent(g, k, u, g.mul(present, g.constant(0f)));
      Node none = g.mul(y, g.constant(0f));
      Node start = g.input("start", Dim.TASKS, Dim.SUPPORT, Dim.WAYS);
      Node begun = descent.run(none, start, y, present, steps, DELAY);
      g.output("a", refines ? descent.refined(none, begun, y, present) : begun);
      float[] k0 = new float[rows * rows];
      float[] y0 = new float[rows * ways];
      float[] u0 = new float[rows];
      float[] start0 = new float[rows * ways];
      double farther = 4 * Math.sqrt(1 + (double) labels.length / ways);
      // Rows of padding have the bias in common with all others, as those served have.
      Arrays.fill(k0, (float) BIAS_VARIANCE);
      for (int i = 0; i < labels.length; i++) {
        for (int j = 0; j < labels.length; j++) {
          k0[i * rows + j] = (float) products[i][j];
        }
        y0[i * ways + labels[i]] = 1;
        u0[i] = (float) losses[i];
        // Prototypes less their mean: a label's losses are 10 rows / ways in all.
        double share = losses[i] * ways / labels.length / 10;
        for (int way = 0; way < ways; way++) {
          double own = way == labels[i] ? share : 0;
          start0[i * ways + way] = (float) (farther * (own - share / ways));
        }
      }
      Map<String, Tensor> inputs =
          Map.of(
              "k", Tensor.of(Shape.of(1, rows, rows), k0),
              "y", Tensor.of(Shape.of(1, rows, ways), y0),
              "start", Tensor.of(Shape.of(1, rows, ways), start0),
              "losses", Tensor.of(Shape.of(1, rows, 1), u0),
              "present", Tensor.full(Shape.of(1, 1, ways), 1f));
      try (CompiledGraph graph = CompiledGraph.of(g.build(), DeviceUnderTest.DEVICE)) {
        return Objects.requireNonNull(graph.run(inputs).get("a"));
      }
    }

    double loss(int steps, boolean refines) {
      Tensor combination = combination(steps, refines);
      double loss = 0;
      for (int i = 0; i < labels.length; i++) {
        double[] scores = new double[ways];
        for (int way = 0; way < ways; way++) {
          for (int j = 0; j < labels.length; j++) {
            scores[way] += products[i][j] * combination.get(j * ways + way);
          }
          loss += combination.get(i * ways + way) * scores[way] / 2;
        }
        double most = Arrays.stream(scores).max().orElseThrow();
        double sum = Arrays.stream(scores).map(score -> Math.exp(score - most)).sum();
        loss += losses[i] * (Math.log(sum) + most - scores[labels[i]]);
      }
      return loss;
    }
  }

  @Test
  void aTaskOfManyRowsGoesOnTowardsTheOptimum() {
    Task task = new Task(1, 1, 120, 120, 120, 120);
    double least = task.loss(1_000, false);
    double begun = task.loss(20, false) - least;
    double refined = task.loss(20, true) - least;
    assertThat(begun).isGreaterThan(1);
    assertThat(refined).isLessThan(begun / 20);
    // Thirty steps by conjugate gradients are better than forty of the others.
    assertThat(refined).isLessThan(task.loss(60, false) - least);
  }

  @Test
  void aSmallOneHasNoMoreSteps() {
    Task task = new Task(2, 1, 8, 7);
    assertThat(task.combination(20, true)).isEqualTo(task.combination(20, false));
  }

  @Test
  void rowsOfPaddingMakeNoMoreSteps() {
    for (int seed = 0; seed < 20; seed++) {
      Task task = new Task(seed, 3, 1, new int[] {15, 7, 3});
      Tensor alone = task.combination(3, true);
      Tensor padded = task.padded(64).combination(3, true);
      for (int i = 0; i < alone.shape().elements(); i++) {
        assertThat(padded.get(i)).as("seed %s", seed).isCloseTo(alone.get(i), within(1e-3f));
      }
      assertThat(task.loss(3, true)).isLessThan(task.loss(3, false));
    }
  }

  /** Newton's whole step would go astray: where softmax is sure, it has no curvature. */
  @Test
  void noStepGoesAstrayHoweverUnevenTheLabels() {
    int[][] counts = {{510, 2}, {63, 1}, {100, 100, 100, 1}, {252, 1, 1, 1, 1}};
    for (int[] of : counts) {
      for (double length : new double[] {1, 5}) {
        for (int seed = 0; seed < 2; seed++) {
          Task task = new Task(seed, length, of);
          assertThat(task.loss(32, true))
              .as("%s rows, length %s, seed %s", Arrays.toString(of), length, seed)
              .isLessThanOrEqualTo(task.loss(32, false) * (1 + 1e-6));
        }
      }
    }
  }

  /** More rows than features, and at the optimum: what gradients there are is rounding. */
  @Test
  void atTheOptimumItStays() {
    Task task = new Task(3, 1, 500, 500, 500);
    double there = task.loss(600, false);
    assertThat(task.loss(600, true)).isBetween(there * (1 - 1e-4), there * (1 + 1e-6));
    Tensor alike = new Task(4, 1e-3, 400, 400, 400).combination(300, true);
    for (int i = 0; i < alike.shape().elements(); i++) {
      assertThat(alike.get(i)).isFinite();
    }
  }
}

package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.autodiff.Float64Array;
import dev.freshet.adaptation.autodiff.Float64Run;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.GraphBuilder;
import dev.freshet.adaptation.graph.Node;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is left of the loss, ½ tr Aᵀ K A + Σ u −log softmax, above its least. */
class MapDescentTest {
  private static final int WAYS = 4;
  private static final int FEATURES = 24;
  private static final double LOSS_WEIGHT = 5;
  private static final double DELAY = 4;

  /** Rows whose labels overlap, and that have much in common. */
  private final double[][] x;

  private final double[][] products;

  MapDescentTest() {
    this.x = new double[320][FEATURES];
    Random random = new Random(3);
    for (int i = 0; i < x.length; i++) {
      for (int f = 0; f < FEATURES; f++) {
        double own = f == i % WAYS ? 0.7 : 0;
        x[i][f] = 0.3 + own + random.nextGaussian() / Math.sqrt(1 + f);
      }
    }
    this.products = new double[x.length][x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        products[i][j] = PlainTask.dot(x[i], x[j]);
      }
    }
  }

  private double[] combination(int rows, int steps, boolean refines) {
    GraphBuilder g = new GraphBuilder("descent");
    Node k = g.input("k", Dim.TASKS, Dim.SUPPORT, Dim.SUPPORT);
    Node y = g.input("y", Dim.TASKS, Dim.SUPPORT, Dim.WAYS);
    Node losses = g.input("losses", Dim.TASKS, Dim.SUPPORT, Dim.ONE);
    Node ways = g.input("ways", Dim.TASKS, Dim.ONE, Dim.WAYS);
    MapDescent descent = new MapDescent(g, k, losses, g.mul(ways, g.constant(0f)));
    Node none = g.mul(y, g.constant(0f));
    Node begun = descent.run(none, none, y, ways, steps, DELAY);
    g.output("a", refines ? descent.refined(none, begun, y, ways) : begun);
    double[] k0 = new double[rows * rows];
    double[] y0 = new double[rows * WAYS];
    double[] u0 = new double[rows];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(products[i], 0, k0, i * rows, rows);
      y0[i * WAYS + i % WAYS] = 1;
    }
    Arrays.fill(u0, LOSS_WEIGHT);
    Map<String, Float64Array> inputs =
        Map.of(
            "k", new Float64Array(new int[] {1, rows, rows}, k0),
            "y", new Float64Array(new int[] {1, rows, WAYS}, y0),
            "losses", new Float64Array(new int[] {1, rows, 1}, u0),
            "ways", new Float64Array(new int[] {1, 1, WAYS}, new double[] {1, 1, 1, 1}));
    return Objects.requireNonNull(Float64Run.run(g.build(), inputs).get("a")).values();
  }

  private double loss(double[] combination) {
    int rows = combination.length / WAYS;
    double loss = 0;
    for (int i = 0; i < rows; i++) {
      double[] scores = new double[WAYS];
      double sum = 0;
      for (int way = 0; way < WAYS; way++) {
        for (int j = 0; j < rows; j++) {
          scores[way] += products[i][j] * combination[j * WAYS + way];
        }
        loss += combination[i * WAYS + way] * scores[way] / 2;
        sum += Math.exp(scores[way]);
      }
      loss += LOSS_WEIGHT * (Math.log(sum) - scores[i % WAYS]);
    }
    return loss;
  }

  @Test
  void aTaskOfManyRowsGoesOnTowardsTheOptimum() {
    double least = loss(combination(320, 500, false));
    double begun = loss(combination(320, 20, false)) - least;
    double refined = loss(combination(320, 20, true)) - least;
    assertThat(begun).isGreaterThan(1e-3);
    assertThat(refined).isBetween(0.0, begun / 4);
    // Twice as many steps as these six, of the other kind.
    assertThat(refined).isLessThan(loss(combination(320, 30, false)) - least);
  }

  @Test
  void aSmallOneHasNoMoreSteps() {
    assertThat(combination(47, 20, true)).isEqualTo(combination(47, 20, false));
  }

  @Test
  void atTheOptimumItStays() {
    double there = loss(combination(128, 500, false));
    assertThat(loss(combination(128, 500, true))).isBetween(there - 1e-3, there);
  }
}

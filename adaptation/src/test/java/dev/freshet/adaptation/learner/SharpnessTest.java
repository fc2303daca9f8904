package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.autodiff.Float64Array;
import dev.freshet.adaptation.autodiff.Float64Run;
import dev.freshet.adaptation.graph.Dim;
import dev.freshet.adaptation.graph.Graph;
import dev.freshet.adaptation.graph.GraphBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Beside it the same the long way: rows are taken away, means made anew, the best scale sought. */
class SharpnessTest {
  private static final int FEATURES = 6;
  private static final int WAYS = 3;
  private static final Settings SETTINGS =
      Settings.of(
          Sharpness.SETTINGS,
          Map.of(
              "usualTemperature", 4.0,
              "usualWaysPower", -0.3,
              "usualShotsPower", 0.2,
              "usualWeight", 3.0));

  private final Graph graph = graph();

  private static Graph graph() {
    GraphBuilder g = new GraphBuilder("sharpness");
    SupportInputs support = SupportInputs.declare(g, FEATURES);
    return g.output(
            "sharpness",
            Sharpness.of(
                g,
                support,
                g.input(GraphContract.SUPPORT_SQUARE, Dim.TASKS, Dim.SUPPORT),
                SETTINGS))
        .build();
  }

  private record Row(List<Double> coordinates, int way, boolean isName) {
    double[] x() {
      return coordinates.stream().mapToDouble(Double::doubleValue).toArray();
    }

    double weight() {
      return isName ? 1.5 : 1;
    }
  }

  /** Examples around their way's axis; some of them are put under another way. */
  private static List<Row> rows(Random random, int perWay, double spread, double mixedUp) {
    List<Row> rows = new ArrayList<>();
    for (int way = 0; way < WAYS; way++) {
      rows.add(new Row(around(random, way, spread), way, true));
      for (int i = 0; i < perWay; i++) {
        int put = random.nextDouble() < mixedUp ? random.nextInt(WAYS) : way;
        rows.add(new Row(around(random, way, spread), put, false));
      }
    }
    return rows;
  }

  private static List<Double> around(Random random, int way, double spread) {
    List<Double> x = new ArrayList<>();
    for (int f = 0; f < FEATURES; f++) {
      x.add((f == way ? 1 : 0) + spread * random.nextGaussian());
    }
    return x;
  }

  /** With two rows and a way of padding. */
  private double sharpness(List<Row> rows) {
    int size = rows.size() + 2;
    double[] x = new double[size * FEATURES];
    double[] y = new double[size * (WAYS + 1)];
    double[] mask = new double[size];
    double[] name = new double[size];
    double[] square = new double[size];
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      System.arraycopy(row.x(), 0, x, i * FEATURES, FEATURES);
      y[i * (WAYS + 1) + row.way()] = 1;
      mask[i] = 1;
      name[i] = row.isName() ? 1 : 0;
      square[i] = PlainTask.dot(row.x(), row.x());
    }
    Map<String, Float64Array> inputs = new HashMap<>();
    inputs.put("support_x", new Float64Array(new int[] {1, size, FEATURES}, x));
    inputs.put("support_y", new Float64Array(new int[] {1, size, WAYS + 1}, y));
    inputs.put("support_mask", new Float64Array(new int[] {1, size}, mask));
    inputs.put("support_name", new Float64Array(new int[] {1, size}, name));
    inputs.put("support_square", new Float64Array(new int[] {1, size}, square));
    inputs.put("way_mask", new Float64Array(new int[] {1, WAYS + 1}, new double[] {1, 1, 1, 0}));
    return Objects.requireNonNull(Float64Run.run(graph, inputs).get("sharpness")).values()[0];
  }

  @Test
  void isTheScaleThatSuitsAnswersToExamplesLeftOut() {
    Random random = new Random(5);
    for (double mixedUp : new double[] {0, 0.2, 0.6}) {
      for (double spread : new double[] {0.1, 0.5}) {
        List<Row> rows = rows(random, 6, spread, mixedUp);
        assertThat(sharpness(rows))
            .as("%s apart, %s mixed up", spread, mixedUp)
            .isCloseTo(best(rows), within(0.03));
      }
    }
  }

  @Test
  void aTaskWithoutExamplesIsAsUsual() {
    assertThat(sharpness(rows(new Random(1), 0, 0.3, 0))).isEqualTo(1, within(1e-6));
  }

  @Test
  void anExampleWithoutAnotherRowOfItsLabelSaysNothing() {
    List<Row> rows = rows(new Random(2), 5, 0.5, 0.5);
    rows.removeIf(row -> row.way() == 2);
    double without = sharpness(rows);
    assertThat(without).isNotCloseTo(1, within(1e-3));
    double alone = best(rows);
    rows.add(new Row(around(new Random(3), 2, 0.3), 2, false));
    // It is a way more that the others can be taken for, but is not itself asked about.
    assertThat(sharpness(rows)).isCloseTo(best(rows), within(0.03));
    assertThat(without).isCloseTo(alone, within(0.03));
  }

  @Test
  void mixedUpLabelsMakeAnswersLessSure() {
    double sum = 0;
    for (int seed = 0; seed < 20; seed++) {
      List<Row> clear = rows(new Random(seed), 8, 0.2, 0);
      List<Integer> ways = new ArrayList<>(clear.stream().map(Row::way).toList());
      Collections.shuffle(ways, new Random(seed));
      List<Row> mixed = new ArrayList<>();
      for (int i = 0; i < clear.size(); i++) {
        mixed.add(new Row(clear.get(i).coordinates(), ways.get(i), clear.get(i).isName()));
      }
      assertThat(sharpness(mixed)).isLessThan(sharpness(clear));
      sum += sharpness(mixed);
    }
    assertThat(sum / 20).isLessThan(0.4);
  }

  /** Names of 0 and 1, examples of 0, 1 and 0 by turns, one of 2, which has no name; padding. */
  private static final int[] ASKED_LABELS = {0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 2};

  /** Of these, the first, third and so on of every label, but for the one that is alone. */
  private static final int[] ASKED = {2, 3, 5, 8, 9};

  @Test
  void isTheScaleThatSuitsWhatAMemberSaysOfHalf() {
    int rows = ASKED_LABELS.length;
    int size = rows + 2;
    Random random = new Random(4);
    double[] said = new double[size * (WAYS + 1)];
    for (int i = 0; i < size * (WAYS + 1); i++) {
      said[i] = 3 * random.nextGaussian();
    }
    for (int i = 0; i < size; i++) {
      // Nothing is left of the third way, and the fourth is padding.
      said[i * (WAYS + 1) + 2] = -1e30;
      said[i * (WAYS + 1) + 3] = -1e30;
    }
    for (int i = 0; i < rows; i++) {
      // Right more often than not.
      said[i * (WAYS + 1) + ASKED_LABELS[i]] += 3;
    }
    GraphBuilder g = new GraphBuilder("member");
    SupportInputs support = SupportInputs.declare(g, 1);
    Settings settings =
        Settings.of(List.of(Sharpness.LEFT_OUT_PRIOR), Map.of("leftOutWeight", 1.0));
    Graph member =
        g.output(
                "sharpness",
                Sharpness.of(
                    g,
                    support,
                    settings,
                    g.input(GraphContract.LEFT_OUT, Dim.TASKS, Dim.SUPPORT, Dim.WAYS)))
            .build();
    Map<String, Float64Array> inputs = LabelledRows.inputs(ASKED_LABELS, 2, size, 1, 1, 1, 0);
    inputs.put(GraphContract.LEFT_OUT, new Float64Array(new int[] {1, size, WAYS + 1}, said));
    double got =
        Objects.requireNonNull(Float64Run.run(member, inputs).get("sharpness")).values()[0];

    double best = 0;
    double least = Double.POSITIVE_INFINITY;
    double prior = 6 / (1 + 10.0 / WAYS);
    for (double scale = 0.15; scale <= 1; scale += 0.005) {
      double loss = prior / 2 * (scale - 1) * (scale - 1);
      for (int row : ASKED) {
        double of0 = Math.exp(scale * said[row * (WAYS + 1)]);
        double of1 = Math.exp(scale * said[row * (WAYS + 1) + 1]);
        loss -= Math.log((ASKED_LABELS[row] == 0 ? of0 : of1) / (of0 + of1));
      }
      if (loss < least) {
        least = loss;
        best = scale;
      }
    }
    assertThat(best).isBetween(0.2, 0.95);
    assertThat(got).isCloseTo(best, within(0.04));
  }

  /** Among the scales from 0.15 to 1, by steps of 0.005. */
  private static double best(List<Row> rows) {
    double best = 0;
    double least = Double.POSITIVE_INFINITY;
    double examples = rows.stream().filter(row -> !row.isName()).count();
    double prior = 3 * 6 / (1 + examples / WAYS);
    for (double scale = 0.15; scale <= 1; scale += 0.005) {
      double loss = prior / 2 * (scale - 1) * (scale - 1);
      for (Row row : rows) {
        loss += row.isName() ? 0 : loss(rows, row, scale);
      }
      if (loss < least) {
        least = loss;
        best = scale;
      }
    }
    return best;
  }

  private static double loss(List<Row> rows, Row left, double scale) {
    List<Row> others = rows.stream().filter(row -> !row.equals(left)).toList();
    double examples = rows.stream().filter(row -> !row.isName()).count();
    double usual = 4 * Math.pow(WAYS, -0.3) * Math.pow(1 + examples / WAYS, 0.2);
    double variance = variance(rows);
    double sum = 0;
    double own = 0;
    for (int way = 0; way < WAYS; way++) {
      double weight = weight(others, way);
      if (weight == 0) {
        if (way == left.way()) {
          return 0;
        }
        continue;
      }
      double[] mean = mean(others, way);
      double score =
          PlainTask.dot(left.x(), mean)
              - (PlainTask.dot(mean, mean) - variance * share(others, way)) / 2;
      double power = Math.exp(scale * usual * score);
      sum += power;
      own += way == left.way() ? power : 0;
    }
    return -Math.log(own / sum);
  }

  private static double weight(List<Row> rows, int way) {
    return rows.stream().filter(row -> row.way() == way).mapToDouble(Row::weight).sum();
  }

  private static double share(List<Row> rows, int way) {
    double squares =
        rows.stream()
            .filter(row -> row.way() == way)
            .mapToDouble(row -> row.weight() * row.weight())
            .sum();
    return squares / (weight(rows, way) * weight(rows, way));
  }

  private static double[] mean(List<Row> rows, int way) {
    double[] mean = new double[FEATURES];
    for (Row row : rows) {
      for (int f = 0; f < FEATURES && row.way() == way; f++) {
        mean[f] += row.weight() * row.x()[f] / weight(rows, way);
      }
    }
    return mean;
  }

  private static double variance(List<Row> rows) {
    double scatter = 0;
    double freedom = 0;
    for (int way = 0; way < WAYS; way++) {
      double weight = weight(rows, way);
      if (weight == 0) {
        continue;
      }
      for (Row row : rows) {
        if (row.way() == way) {
          double[] centred = PlainTask.minus(row.x(), mean(rows, way));
          scatter += row.weight() / weight * PlainTask.dot(centred, centred);
        }
      }
      freedom += 1 - share(rows, way);
    }
    return scatter / Math.max(freedom, 0.01);
  }
}

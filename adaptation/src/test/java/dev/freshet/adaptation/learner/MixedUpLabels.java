package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.autodiff.Float64Array;
import dev.freshet.adaptation.autodiff.Float64Run;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * A task of which some examples have a label drawn at random, asked about the true ones. Vectors
 * are of length one and around their label's axis; names are on it.
 */
final class MixedUpLabels {
  private static final int FEATURES = 24;
  private static final int WAYS = 4;
  private static final int EXAMPLES = 20;
  private static final int QUERIES = 100;
  private static final double SPREAD = 0.22;
  private static final int ROWS = WAYS * (1 + EXAMPLES);

  private final double[][] support = new double[ROWS][];
  private final int[] labels = new int[ROWS];
  private final double[][] queries = new double[WAYS * QUERIES][];

  /**
   * Draws it.
   *
   * @param share of the examples that are mixed up
   */
  MixedUpLabels(double share) {
    Random random = new Random(11);
    for (int row = 0; row < ROWS; row++) {
      boolean isName = row < WAYS;
      labels[row] = row % WAYS;
      support[row] = around(random, labels[row], isName ? 0 : SPREAD);
      int put = random.nextInt(WAYS);
      labels[row] = !isName && random.nextDouble() < share ? put : labels[row];
    }
    for (int query = 0; query < queries.length; query++) {
      queries[query] = around(random, query % WAYS, SPREAD);
    }
  }

  private static double[] around(Random random, int way, double spread) {
    double[] x = new double[FEATURES];
    Arrays.setAll(x, f -> (f == way ? 1 : 0) + spread * random.nextGaussian());
    double length = Math.sqrt(PlainTask.dot(x, x));
    Arrays.setAll(x, f -> x[f] / length);
    return x;
  }

  /** How often the true label scores highest. */
  double accuracy(double[] scores) {
    int right = 0;
    for (int query = 0; query < queries.length; query++) {
      int best = 0;
      for (int way = 1; way < WAYS; way++) {
        best = scores[query * WAYS + way] > scores[query * WAYS + best] ? way : best;
      }
      right += best == query % WAYS ? 1 : 0;
    }
    return (double) right / queries.length;
  }

  double[] ensemble() {
    return scores(ensemble(Map.of()));
  }

  /** Of the plain member in the pool. */
  double plainWeight(Map<String, Double> settings) {
    Learner ensemble = ensemble(settings);
    Map<String, Float64Array> adapted = Float64Run.run(ensemble.adaptGraph(), inputs(ensemble));
    return Objects.requireNonNull(adapted.get("weights")).values()[2];
  }

  private static Learner ensemble(Map<String, Double> settings) {
    return new EnsembleLearner(
        List.of(
            Learners.LDA.create(FEATURES, Map.of("rank", 2.0)),
            Learners.LOGISTIC.create(FEATURES, Map.of("rank", 2.0)),
            plain()),
        settings);
  }

  double[] regression() {
    return scores(plain());
  }

  private static Learner plain() {
    return Learners.PLAIN_LOGISTIC.create(FEATURES, Map.of("rank", 2.0));
  }

  double[] means() {
    double[] scores = new double[queries.length * WAYS];
    for (int way = 0; way < WAYS; way++) {
      double[] mean = new double[FEATURES];
      int count = 0;
      for (int row = 0; row < ROWS; row++) {
        if (labels[row] == way) {
          double[] x = support[row];
          Arrays.setAll(mean, f -> mean[f] + x[f]);
          count++;
        }
      }
      int rows = count;
      Arrays.setAll(mean, f -> mean[f] / rows);
      for (int query = 0; query < queries.length; query++) {
        scores[query * WAYS + way] =
            PlainTask.dot(queries[query], mean) - PlainTask.dot(mean, mean) / 2;
      }
    }
    return scores;
  }

  private double[] scores(Learner learner) {
    Map<String, Float64Array> inputs = inputs(learner);
    put(inputs, GraphContract.QUERY_X, flat(queries), 1, queries.length, FEATURES);
    inputs.putAll(Float64Run.run(learner.adaptGraph(), inputs));
    Map<String, Float64Array> said = Float64Run.run(learner.predictGraph(), inputs);
    return Objects.requireNonNull(said.get(GraphContract.scores("label"))).values();
  }

  private Map<String, Float64Array> inputs(Learner learner) {
    Map<String, Float64Array> inputs = new HashMap<>();
    learner.initialization().forEach((name, tensor) -> inputs.put(name, Float64Array.of(tensor)));
    inputs.putAll(LabelledRows.inputs(labels, WAYS, ROWS, 1, 1, 1, 1));
    put(inputs, GraphContract.SUPPORT_X, flat(support), 1, ROWS, FEATURES);
    double[] squares = Arrays.stream(support).mapToDouble(x -> PlainTask.dot(x, x)).toArray();
    put(inputs, GraphContract.SUPPORT_SQUARE, squares, 1, ROWS);
    return inputs;
  }

  private static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  private static void put(
      Map<String, Float64Array> inputs, String name, double[] values, int... sizes) {
    inputs.put(name, new Float64Array(sizes, values));
  }
}

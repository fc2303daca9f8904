package dev.freshet.adaptation.learner;

import dev.freshet.adaptation.autodiff.Float64Array;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Tasks of a batch as inputs of graphs: uneven counts, names among the rows, a label without rows,
 * padded rows, ways and queries. All numbers are ones that float32 holds exactly.
 */
final class Float64Episode {
  private static final int SUPPORT = 10;
  private static final int WAYS = 4;
  private static final int QUERIES = 4;

  private final Random random;
  private final int features;
  private final int tasks;
  private final boolean labels;
  private final Map<String, Float64Array> inputs = new LinkedHashMap<>();

  private Float64Episode(long seed, Learner learner, int tasks) {
    this.random = new Random(seed);
    this.features = learner.features();
    this.tasks = tasks;
    this.labels = learner.heads().get(0).kind() == Head.Kind.CLASSIFICATION;
  }

  /** With the learner's initialisation, every tensor of it moved a little. */
  static Map<String, Float64Array> of(Learner learner, long seed, int tasks) {
    Float64Episode episode = new Float64Episode(seed, learner, tasks);
    learner.initialization().forEach((name, tensor) -> episode.put(name, tensor));
    episode.fill();
    if (!episode.labels) {
      episode.fillNumbers();
    }
    return episode.inputs;
  }

  private void put(String name, Tensor tensor) {
    float[] values = tensor.toArray();
    int[] sizes = tensor.shape().toArray();
    put(
        name,
        sizes,
        i ->
            (float)
                (values[i] * (1 + 0.05 * random.nextGaussian()) + 0.02 * random.nextGaussian()));
  }

  private interface Element {
    double at(int index);
  }

  private void put(String name, int[] sizes, Element element) {
    double[] values =
        IntStream.range(0, Arrays.stream(sizes).reduce(1, (a, b) -> a * b))
            .mapToDouble(element::at)
            .toArray();
    inputs.put(name, new Float64Array(sizes, values));
  }

  private void fill() {
    int[][] labels = new int[tasks][SUPPORT];
    int[][] queryLabels = new int[tasks][QUERIES];
    for (int task = 0; task < tasks; task++) {
      int ways = ways(task);
      int[] seen = {0, 1, 2, 0, 0, 1, 0, 2, 0, 0};
      for (int row = 0; row < SUPPORT; row++) {
        labels[task][row] = row < rows(task) ? seen[row] % ways : -1;
      }
      for (int query = 0; query < QUERIES; query++) {
        queryLabels[task][query] = query < QUERIES - task % 2 ? query % Math.min(ways, 3) : -1;
      }
    }
    double[] supportX = vectors(labels);
    double[] queryX = vectors(queryLabels);
    put("support_x", new int[] {tasks, SUPPORT, features}, i -> supportX[i]);
    put("support_y", new int[] {tasks, SUPPORT, WAYS}, i -> oneHot(labels, SUPPORT, i));
    put(
        "support_mask",
        new int[] {tasks, SUPPORT},
        i -> labels[i / SUPPORT][i % SUPPORT] < 0 ? 0 : 1);
    put("support_name", new int[] {tasks, SUPPORT}, i -> i % SUPPORT < 2 ? 1 : 0);
    put("support_square", new int[] {tasks, SUPPORT}, i -> square(supportX, i));
    put("way_mask", new int[] {tasks, WAYS}, i -> i % WAYS < ways(i / WAYS) ? 1 : 0);
    put("query_x", new int[] {tasks, QUERIES, features}, i -> queryX[i]);
    put("query_y", new int[] {tasks, QUERIES, WAYS}, i -> oneHot(queryLabels, QUERIES, i));
    put(
        "query_weight",
        new int[] {tasks, QUERIES},
        i -> queryLabels[i / QUERIES][i % QUERIES] < 0 ? 0 : 0.5);
  }

  /** In the place of labels: numbers, also where rows are padding and must not matter. */
  private void fillNumbers() {
    put("support_y", new int[] {tasks, SUPPORT, 1}, i -> (float) random.nextGaussian());
    put("query_y", new int[] {tasks, QUERIES, 1}, i -> (float) random.nextGaussian());
    put("way_mask", new int[] {tasks, 1}, i -> 1);
  }

  private static int ways(int task) {
    return task % 3 == 1 ? 2 : WAYS;
  }

  private static int rows(int task) {
    return task % 2 == 0 ? SUPPORT : SUPPORT - 3;
  }

  private static double oneHot(int[][] labels, int rows, int i) {
    return labels[i / WAYS / rows][i / WAYS % rows] == i % WAYS ? 1 : 0;
  }

  private double square(double[] vectors, int row) {
    double square = 0;
    for (int f = 0; f < features; f++) {
      square += vectors[row * features + f] * vectors[row * features + f];
    }
    return square;
  }

  /** About their label's own direction, zero for padding. */
  private double[] vectors(int[][] labels) {
    double[] vectors = new double[tasks * labels[0].length * features];
    for (int i = 0; i < vectors.length; i++) {
      int label = labels[i / features / labels[0].length][i / features % labels[0].length];
      double centre = label == i % features % 3 ? 0.5 : 0;
      vectors[i] = label < 0 ? 0 : (float) (centre + 0.4 * random.nextGaussian());
    }
    return vectors;
  }
}

package dev.freshet.trainer.training;

import dev.freshet.adaptation.learner.DomainMetric;
import dev.freshet.adaptation.learner.MetaGradient;
import dev.freshet.adaptation.learner.MetricPrototypes;
import dev.freshet.adaptation.runtime.CompiledGraph;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Learns the metric of a domain from its tasks: the one by which {@link MetricPrototypes} answer
 * best, drawn towards the plain one, of which the strongest directions are kept.
 *
 * <pre>
 * G ← argmin  mean over tasks of −log P(label of a query)  +  λ/2 |G|²
 * </pre>
 *
 * <p>by gradient descent with momentum and a rate that falls to zero. It is a convex problem but
 * for the correction for uneven counts, so where it starts does not matter, and every task has the
 * same say.
 *
 * @param steps of descent
 * @param tasksPerStep whose gradients are averaged
 * @param rate at first
 * @param decay λ
 */
public record DomainMetricFit(int steps, int tasksPerStep, double rate, double decay) {
  /** Found good for 384 features of unit length on HWU64. */
  public static final DomainMetricFit DEFAULT = new DomainMetricFit(400, 4, 0.3, 0.01);

  private static final double MOMENTUM = 0.9;

  /** A direction that would be shortened to less is not to be trusted, nor to be reversed. */
  private static final double GAIN_MIN = -0.95;

  public DomainMetricFit {
    if (steps < 1 || tasksPerStep < 1 || !(rate > 0) || !(decay >= 0)) {
      throw new IllegalArgumentException(
          "Fit a metric in %d steps of %d tasks, rate %s, decay %s: expected at least 1, at least 1, above 0, and at least 0."
              .formatted(steps, tasksPerStep, rate, decay));
    }
  }

  public DomainMetricFit withDecay(double other) {
    return new DomainMetricFit(steps, tasksPerStep, rate, other);
  }

  /**
   * Learns it; the plain one if the descent diverges, as it may with vectors far longer than 1.
   *
   * @param tasks of the domain; drawn by their numbers from 0
   * @param features of their vectors
   * @param rank directions to keep, at most {@code features}
   */
  public DomainMetric fit(TaskSource tasks, int features, int rank, Device device) {
    double[][] metric = descend(tasks, features, device);
    return isFinite(metric) ? strongest(metric, rank) : DomainMetric.none(features, rank);
  }

  private double[][] descend(TaskSource tasks, int features, Device device) {
    MetricPrototypes learner = new MetricPrototypes(features);
    double[][] metric = new double[features][features];
    double[][] velocity = new double[features][features];
    Map<String, Tensor> inputs = new TreeMap<>(learner.initialization());
    String gradient = MetaGradient.gradient(MetricPrototypes.METRIC);
    try (CompiledGraph graph =
        CompiledGraph.of(
            MetaGradient.graph(
                learner, learner.defaultHeads().get(0), Set.of(MetricPrototypes.METRIC)),
            device)) {
      for (int step = 0; step < steps; step++) {
        inputs.put(MetricPrototypes.METRIC, tensor(metric));
        inputs.putAll(TaskTensors.of(tasks.draw(step, tasksPerStep)));
        float[] slopes = OuterStep.output(graph.run(inputs), gradient).toArray();
        move(metric, velocity, slopes, rate * (1 - (double) step / steps));
      }
    }
    return metric;
  }

  private static boolean isFinite(double[][] matrix) {
    return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
  }

  private void move(double[][] metric, double[][] velocity, float[] slopes, double stepRate) {
    int features = metric.length;
    for (int i = 0; i < features; i++) {
      for (int j = 0; j <= i; j++) {
        double slope = (slopes[i * features + j] + slopes[j * features + i]) / 2.0 / tasksPerStep;
        velocity[i][j] = MOMENTUM * velocity[i][j] + slope + decay * metric[i][j];
        metric[i][j] -= stepRate * velocity[i][j];
        metric[j][i] = metric[i][j];
      }
    }
  }

  private static Tensor tensor(double[][] matrix) {
    int features = matrix.length;
    float[] values = new float[features * features];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) matrix[i / features][i % features];
    }
    return Tensor.of(Shape.of(features, features), values);
  }

  /** The directions that are stretched or shortened most. */
  private static DomainMetric strongest(double[][] matrix, int rank) {
    EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(matrix, false));
    double[] values = eigen.getRealEigenvalues();
    int[] kept =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((a, b) -> Double.compare(Math.abs(values[b]), Math.abs(values[a])))
            .limit(rank)
            .mapToInt(Integer::intValue)
            .toArray();
    float[] directions = new float[matrix.length * rank];
    float[] gains = new float[rank];
    for (int r = 0; r < kept.length; r++) {
      gains[r] = (float) Math.max(GAIN_MIN, values[kept[r]]);
      for (int f = 0; f < matrix.length; f++) {
        directions[f * rank + r] = (float) eigen.getV().getEntry(f, kept[r]);
      }
    }
    return new DomainMetric(
        Tensor.of(Shape.of(matrix.length, rank), directions), Tensor.vector(gains));
  }
}

package dev.freshet.trainer.training;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Adam written out in float64: what {@link OptimizerGraph} is held against.
 *
 * <pre>
 * m ← β₁ m + (1 − β₁) g          v ← β₂ v + (1 − β₂) g²
 * x ← x − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
 * </pre>
 *
 * <p>β₂ is 0.99, not 0.999: training takes hundreds of steps, not tens of thousands.
 */
public final class Adam {
  private static final double MEAN_KEPT = 0.9;
  private static final double SQUARE_KEPT = 0.99;
  private static final double EPSILON = 1e-10;

  private final SortedMap<String, double[]> means;
  private final SortedMap<String, double[]> squares;
  private int updates;

  private Adam(
      int updates, SortedMap<String, double[]> means, SortedMap<String, double[]> squares) {
    this.updates = updates;
    this.means = means;
    this.squares = squares;
  }

  public static Adam fresh(SortedMap<String, double[]> coordinates) {
    return new Adam(0, zeros(coordinates), zeros(coordinates));
  }

  /** Goes on where another was; copies. */
  static Adam resumed(
      int updates, SortedMap<String, double[]> means, SortedMap<String, double[]> squares) {
    return new Adam(updates, Arrays64.copy(means), Arrays64.copy(squares));
  }

  int updates() {
    return updates;
  }

  SortedMap<String, double[]> means() {
    return means;
  }

  SortedMap<String, double[]> squares() {
    return squares;
  }

  /** To be called once a step, before any {@link #update}. */
  public void nextStep() {
    updates++;
  }

  /** Moves one tensor's coordinates, in place. */
  public void update(String name, double[] coordinates, double[] gradient, double rate) {
    double[] mean = Arrays64.of(means, name);
    double[] square = Arrays64.of(squares, name);
    double meanPart = 1 - Math.pow(MEAN_KEPT, updates);
    double squarePart = 1 - Math.pow(SQUARE_KEPT, updates);
    for (int i = 0; i < coordinates.length; i++) {
      mean[i] = MEAN_KEPT * mean[i] + (1 - MEAN_KEPT) * gradient[i];
      square[i] = SQUARE_KEPT * square[i] + (1 - SQUARE_KEPT) * gradient[i] * gradient[i];
      double deviation = Math.sqrt(square[i] / squarePart) + EPSILON;
      coordinates[i] -= rate * (mean[i] / meanPart) / deviation;
    }
  }

  private static SortedMap<String, double[]> zeros(SortedMap<String, double[]> like) {
    SortedMap<String, double[]> zeros = new TreeMap<>();
    like.forEach((name, values) -> zeros.put(name, new double[values.length]));
    return zeros;
  }
}

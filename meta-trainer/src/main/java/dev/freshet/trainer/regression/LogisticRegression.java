package dev.freshet.trainer.regression;

import java.util.Arrays;

/**
 * Multinomial logistic regression with an L2 penalty on its weights, not on its biases, fitted to
 * convergence: as scikit-learn's with the solver lbfgs and the same C.
 */
public final class LogisticRegression {
  private final double constant;

  /**
   * @param constant C, the inverse of the penalty: the larger, the closer to the rows
   */
  public LogisticRegression(double constant) {
    if (!(constant > 0 && constant <= 1e6)) {
      throw new IllegalArgumentException(
          "The constant of logistic regression is " + constant + ", expected above 0, to 1e6.");
    }
    this.constant = constant;
  }

  public double constant() {
    return constant;
  }

  public FittedRegression fit(LabelledRows rows) {
    int[] present = rows.waysPresent();
    if (present.length == 0) {
      return FittedRegression.ofNothing(rows.ways());
    }
    RowSpace space = RowSpace.of(rows);
    double[][] coordinates = new double[rows.size()][];
    int[] wayOfRow = new int[rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      coordinates[row] = space.coordinates(rows.vector(row));
      wayOfRow[row] = Arrays.binarySearch(present, rows.way(row));
    }
    SoftmaxLoss loss =
        new SoftmaxLoss(coordinates, wayOfRow, space.dimensions(), present.length, constant);
    QuasiNewton.Minimum minimum = QuasiNewton.minimum(loss, loss.parameters());
    double[] found = minimum.point();
    int weights = space.dimensions() * present.length;
    return new FittedRegression(
        rows.ways(),
        present,
        space.unfold(Arrays.copyOf(found, weights), present.length),
        Arrays.copyOfRange(found, weights, found.length),
        minimum.reached());
  }
}

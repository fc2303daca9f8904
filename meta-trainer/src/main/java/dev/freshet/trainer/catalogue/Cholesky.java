package dev.freshet.trainer.catalogue;

/** M = L Lᵀ of a small symmetric positive definite matrix. */
public final class Cholesky {
  private final double[][] lower;

  private Cholesky(double[][] lower) {
    this.lower = lower;
  }

  /** Reads the lower triangle. */
  public static Cholesky of(double[][] matrix) {
    int size = matrix.length;
    double[][] lower = new double[size][size];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column <= row; column++) {
        double rest = matrix[row][column];
        for (int k = 0; k < column; k++) {
          rest -= lower[row][k] * lower[column][k];
        }
        if (row == column) {
          if (!(rest > 0)) {
            throw new ArithmeticException(
                "A matrix of size %d is not positive definite at row %d.".formatted(size, row));
          }
          lower[row][row] = Math.sqrt(rest);
        } else {
          lower[row][column] = rest / lower[column][column];
        }
      }
    }
    return new Cholesky(lower);
  }

  /** x with M x = b. */
  public double[] solve(double[] right) {
    int size = lower.length;
    double[] x = right.clone();
    for (int row = 0; row < size; row++) {
      for (int k = 0; k < row; k++) {
        x[row] -= lower[row][k] * x[k];
      }
      x[row] /= lower[row][row];
    }
    for (int row = size - 1; row >= 0; row--) {
      for (int k = row + 1; k < size; k++) {
        x[row] -= lower[k][row] * x[k];
      }
      x[row] /= lower[row][row];
    }
    return x;
  }

  /** M⁻¹. */
  double[][] inverse() {
    int size = lower.length;
    double[][] inverse = new double[size][];
    for (int column = 0; column < size; column++) {
      double[] unit = new double[size];
      unit[column] = 1;
      inverse[column] = solve(unit);
    }
    return inverse;
  }
}

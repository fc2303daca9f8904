package dev.freshet.trainer.evaluation;

/** The 97.5 % quantile of Student's t. */
public final class StudentQuantile {
  /** For 1 to 4 degrees of freedom, where the expansion below is not yet exact to 0.002. */
  private static final double[] FEW = {12.7062, 4.3027, 3.1824, 2.7764};

  private static final double NORMAL = 1.959964;

  private StudentQuantile() {}

  /** The expansion by powers of 1/ν around the normal quantile (Abramowitz and Stegun, 26.7.5). */
  public static double of(int degreesOfFreedom) {
    if (degreesOfFreedom <= FEW.length) {
      return FEW[degreesOfFreedom - 1];
    }
    double z = NORMAL;
    double z2 = z * z;
    double v = degreesOfFreedom;
    double first = z * (z2 + 1) / 4;
    double second = z * ((5 * z2 + 16) * z2 + 3) / 96;
    double third = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
    double fourth = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92_160;
    return z + (first + (second + (third + fourth / v) / v) / v) / v;
  }
}

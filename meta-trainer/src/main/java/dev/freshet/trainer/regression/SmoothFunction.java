package dev.freshet.trainer.regression;

/** A convex function with a gradient. */
@FunctionalInterface
interface SmoothFunction {
  /** Its value at a point; the gradient there is written into {@code gradient}. */
  double at(double[] point, double[] gradient);
}

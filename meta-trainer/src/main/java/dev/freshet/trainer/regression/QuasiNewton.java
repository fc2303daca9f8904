package dev.freshet.trainer.regression;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The limited-memory quasi-Newton method of Liu and Nocedal (1989), L-BFGS, with steps that satisfy
 * the weak Wolfe conditions, found by bisection. Ends where every derivative is at most {@value
 * #DERIVATIVE_MAX}, or where no step changes the value any more, which is the same point up to
 * rounding.
 */
final class QuasiNewton {
  static final double DERIVATIVE_MAX = 1e-6;

  private static final int ITERATIONS_MAX = 2_000;
  private static final int STEPS_REMEMBERED = 12;
  private static final int TRIALS_MAX = 50;
  private static final double DECREASE = 1e-4;
  private static final double CURVATURE = 0.9;

  private final SmoothFunction function;
  private final Deque<Step> steps = new ArrayDeque<>();
  private double[] point;
  private double[] gradient;
  private double value;

  /** A move and how the gradient changed along it. */
  private static final class Step {
    final double[] move;
    final double[] change;
    final double inverse;

    Step(double[] move, double[] change, double curvature) {
      this.move = move;
      this.change = change;
      this.inverse = 1 / curvature;
    }
  }

  /** Where the search ended, and whether that was the minimum or the limit on its steps. */
  static final class Minimum {
    private final double[] point;
    private final boolean reached;

    Minimum(double[] point, boolean reached) {
      this.point = point;
      this.reached = reached;
    }

    double[] point() {
      return point;
    }

    boolean reached() {
      return reached;
    }
  }

  private QuasiNewton(SmoothFunction function, int dimensions) {
    this.function = function;
    this.point = new double[dimensions];
    this.gradient = new double[dimensions];
    this.value = function.at(point, gradient);
  }

  /** Where the function is least, looking from zero. */
  static Minimum minimum(SmoothFunction function, int dimensions) {
    return new QuasiNewton(function, dimensions).descend();
  }

  private Minimum descend() {
    for (int iteration = 0; iteration < ITERATIONS_MAX; iteration++) {
      if (largest(gradient) <= DERIVATIVE_MAX) {
        return new Minimum(point, true);
      }
      if (!move(direction())) {
        if (steps.isEmpty()) {
          return new Minimum(point, true);
        }
        steps.clear(); // What is remembered misleads: try once more straight down.
      }
    }
    return new Minimum(point, false);
  }

  /** The two loops of Nocedal: minus the inverse Hessian, as far as known, times the gradient. */
  private double[] direction() {
    double[] direction = gradient.clone();
    double[] weights = new double[steps.size()];
    int i = 0;
    for (Step step : steps) {
      weights[i] = step.inverse * dot(step.move, direction);
      add(direction, -weights[i], step.change);
      i++;
    }
    if (!steps.isEmpty()) {
      Step newest = steps.getFirst();
      scale(direction, 1 / (newest.inverse * dot(newest.change, newest.change)));
    }
    for (Iterator<Step> oldestFirst = steps.descendingIterator(); oldestFirst.hasNext(); ) {
      Step step = oldestFirst.next();
      i--;
      add(direction, weights[i] - step.inverse * dot(step.change, direction), step.move);
    }
    scale(direction, -1);
    return direction;
  }

  /** One step along the direction; false where none lowers the value. */
  private boolean move(double[] direction) {
    double slope = dot(gradient, direction);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double length = steps.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    double[] found = new double[point.length];
    for (int trial = 0; slope < 0 && trial < TRIALS_MAX; trial++) {
      double[] candidate = point.clone();
      add(candidate, length, direction);
      double there = function.at(candidate, found);
      if (!(there <= value + DECREASE * length * slope)) {
        high = length;
      } else if (dot(found, direction) < CURVATURE * slope) {
        low = length;
      } else {
        accept(candidate, found, there);
        return true;
      }
      length = Double.isInfinite(high) ? 2 * length : (low + high) / 2;
    }
    return false;
  }

  private void accept(double[] candidate, double[] found, double there) {
    double[] move = candidate.clone();
    add(move, -1, point);
    double[] change = found.clone();
    add(change, -1, gradient);
    double curvature = dot(move, change);
    if (curvature > 0) {
      steps.addFirst(new Step(move, change, curvature));
      if (steps.size() > STEPS_REMEMBERED) {
        steps.removeLast();
      }
    }
    point = candidate;
    gradient = found;
    value = there;
  }

  private static double largest(double[] a) {
    double largest = 0;
    for (double one : a) {
      largest = Math.max(largest, Math.abs(one));
    }
    return largest;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void add(double[] to, double times, double[] what) {
    for (int i = 0; i < to.length; i++) {
      to[i] += times * what[i];
    }
  }

  private static void scale(double[] a, double by) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= by;
    }
  }
}

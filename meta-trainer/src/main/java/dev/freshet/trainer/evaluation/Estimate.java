package dev.freshet.trainer.evaluation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A share with its 95 % interval over independent units (episodes, or tasks of a stream), whose
 * questions are not independent: they share their examples. The share is R = Σ a_u / Σ n_u, its
 * variance that of a ratio, U / (U − 1) · Σ (a_u − R n_u)² / (Σ n_u)², the quantile Student's with
 * U − 1 degrees of freedom. Where all units ask equally many questions, this is the mean of the
 * units with its usual interval.
 *
 * @param halfWidth of the interval; empty for a single unit
 */
record Estimate(double share, OptionalDouble halfWidth) {

  /**
   * What a unit adds.
   *
   * @param amount answers that are right, or how many more of them than somebody else's
   * @param questions in all
   */
  record Unit(double amount, long questions) {}

  static Estimate of(List<Unit> units) {
    double amount = 0;
    double questions = 0;
    for (Unit unit : units) {
      amount += unit.amount();
      questions += unit.questions();
    }
    double share = amount / questions;
    int count = units.size();
    if (count < 2) {
      return new Estimate(share, OptionalDouble.empty());
    }
    double squares = 0;
    for (Unit unit : units) {
      double rest = unit.amount() - share * unit.questions();
      squares += rest * rest;
    }
    double error = Math.sqrt(squares * count / (count - 1)) / questions;
    return new Estimate(share, OptionalDouble.of(StudentQuantile.of(count - 1) * error));
  }
}

package dev.freshet.trainer.evaluation;

import dev.freshet.trainer.evaluation.Estimate.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Right answers by unit, log loss, calibration and adaptation time of one row of the table. */
final class Scorecard {
  /** What a wrong certainty costs is limited: a logarithm of 0 would drown everything else. */
  private static final double PROBABILITY_MIN = 1e-12;

  private final Map<Integer, Count> counts = new TreeMap<>();
  private final Calibration calibration = new Calibration();
  private double logLoss;
  private int waysMax;

  private static final class Count {
    long questions;
    long correct;
  }

  void add(int unit, double[] probabilities, int truth) {
    int best = best(probabilities);
    boolean right = best == truth;
    Count count = counts.computeIfAbsent(unit, unused -> new Count());
    count.questions++;
    count.correct += right ? 1 : 0;
    calibration.add(probabilities[best], right);
    logLoss -= Math.log(Math.max(PROBABILITY_MIN, probabilities[truth]));
    waysMax = Math.max(waysMax, probabilities.length);
  }

  int units() {
    return counts.size();
  }

  long questions() {
    return counts.values().stream().mapToLong(count -> count.questions).sum();
  }

  /** Labels of the largest task. */
  int waysMax() {
    return waysMax;
  }

  Calibration calibration() {
    return calibration;
  }

  double logLoss() {
    return logLoss / questions();
  }

  Estimate accuracy() {
    List<Unit> units = new ArrayList<>();
    counts.values().forEach(count -> units.add(new Unit(count.correct, count.questions)));
    return Estimate.of(units);
  }

  /** How much more often this one is right than another, on the same questions. */
  Estimate lead(Scorecard other) {
    List<Unit> units = new ArrayList<>();
    counts.forEach(
        (unit, count) -> {
          Count theirs = other.counts.get(unit);
          if (theirs == null || theirs.questions != count.questions) {
            throw new IllegalArgumentException(
                "Unit " + unit + " was not asked the same questions: they cannot be paired.");
          }
          units.add(new Unit(count.correct - theirs.correct, count.questions));
        });
    return Estimate.of(units);
  }

  /** Of equals, the first label. */
  private static int best(double[] probabilities) {
    int best = 0;
    for (int way = 0; way < probabilities.length; way++) {
      if (!(probabilities[way] >= 0 && probabilities[way] <= 1.000_1)) {
        throw new IllegalStateException(
            "Way " + way + " was given " + probabilities[way] + ", expected a probability.");
      }
      best = probabilities[way] > probabilities[best] ? way : best;
    }
    return best;
  }
}

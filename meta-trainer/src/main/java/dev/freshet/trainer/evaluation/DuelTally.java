package dev.freshet.trainer.evaluation;

import dev.freshet.trainer.evaluation.DuelScore.Measured;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Right answers and log losses of two, by task. */
final class DuelTally {
  /** As in a {@link Scorecard}: what a wrong certainty costs is limited. */
  private static final double PROBABILITY_MIN = 1e-12;

  private final Map<Integer, Unit> units = new TreeMap<>();

  private static final class Unit {
    private long questions;
    private double correct;
    private double correctOfOther;
    private double logLossLead;
  }

  void add(List<Trial> trials, Answers answers, Answers ofOther) {
    for (int i = 0; i < trials.size(); i++) {
      Trial trial = trials.get(i);
      Unit unit = units.computeIfAbsent(trial.unit(), unused -> new Unit());
      for (int q = 0; q < trial.questions().size(); q++) {
        int truth = trial.questions().get(q).truth();
        double[] one = answers.probabilities().get(i).get(q);
        double[] other = ofOther.probabilities().get(i).get(q);
        unit.questions++;
        unit.correct += best(one) == truth ? 1 : 0;
        unit.correctOfOther += best(other) == truth ? 1 : 0;
        unit.logLossLead += logLoss(other, truth) - logLoss(one, truth);
      }
    }
  }

  DuelScore score() {
    return new DuelScore(
        units.size(),
        units.values().stream().mapToLong(unit -> unit.questions).sum(),
        measured(unit -> unit.correct),
        measured(unit -> unit.correctOfOther),
        measured(unit -> unit.correct - unit.correctOfOther),
        measured(unit -> unit.logLossLead));
  }

  private Measured measured(ToDoubleFunction<Unit> amount) {
    return Measured.of(
        Estimate.of(
            units.values().stream()
                .map(unit -> new Estimate.Unit(amount.applyAsDouble(unit), unit.questions))
                .toList()));
  }

  private static double logLoss(double[] probabilities, int truth) {
    return -Math.log(Math.max(PROBABILITY_MIN, probabilities[truth]));
  }

  /** Of equals, the first label. */
  private static int best(double[] probabilities) {
    int best = 0;
    for (int way = 1; way < probabilities.length; way++) {
      best = probabilities[way] > probabilities[best] ? way : best;
    }
    return best;
  }
}

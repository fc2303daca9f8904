package dev.freshet.scoreboard;

import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.Prediction.Answer;
import dev.freshet.schemas.ScoreRecord;
import dev.freshet.schemas.ScoreRecord.NumberErrors;
import dev.freshet.schemas.Target.NumberTarget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges the numbers of one prediction by the true one. */
final class NumberScoring {
  /**
   * Errors are rounded to multiples of it, and cut at its 2^40-fold: sums of up to 2^12 of the
   * largest, and of far more as they are in life, are exact in whatever order they are made.
   */
  private static final double STEP = 0x1p-20;

  private static final double ERROR_MAX = 0x1p20;

  private NumberScoring() {}

  /** A score of one query for each head that answered with one number, in the answers' order. */
  static List<ScoreRecord> judge(Prediction prediction, NumberTarget truth) {
    List<ScoreRecord> scores = new ArrayList<>();
    Set<String> heads = new HashSet<>();
    for (Answer answer : prediction.answers()) {
      boolean ofNumber =
          answer.scores().size() == 1 && answer.scores().get(0).target() instanceof NumberTarget;
      if (ofNumber && heads.add(answer.head())) {
        double error = Math.abs(answer.scores().get(0).score() - truth.value());
        scores.add(
            new ScoreRecord(
                prediction.lineage(),
                prediction.release(),
                answer.learner(),
                answer.head(),
                prediction.supportSize(),
                1,
                0,
                0,
                Optional.of(new NumberErrors(rounded(error), rounded(error * error)))));
      }
    }
    return scores;
  }

  /** What is no number counts as the worst. */
  private static double rounded(double error) {
    return error < ERROR_MAX ? StrictMath.rint(error / STEP) * STEP : ERROR_MAX;
  }
}

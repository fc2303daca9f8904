package dev.freshet.scoreboard;

import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.Prediction.Answer;
import dev.freshet.schemas.Prediction.LabelCount;
import dev.freshet.schemas.Prediction.Score;
import dev.freshet.schemas.ScoreRecord;
import dev.freshet.schemas.ScoreRecord.NumberErrors;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.Target.LabelTarget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges one prediction by the truth. */
final class Scoring {
  private Scoring() {}

  /** A score of one query for each classification head that answered, in the answers' order. */
  static List<ScoreRecord> judge(Prediction prediction, LabelTarget truth) {
    int shots = shots(prediction, truth);
    List<ScoreRecord> scores = new ArrayList<>(prediction.answers().size());
    Set<String> heads = new HashSet<>();
    for (Answer answer : prediction.answers()) {
      if (isClassification(answer) && heads.add(answer.head())) {
        scores.add(
            new ScoreRecord(
                prediction.lineage(),
                prediction.release(),
                answer.learner(),
                answer.head(),
                shots,
                1,
                isCorrect(answer, truth) ? 1 : 0,
                LogLoss.of(scoreOf(answer, truth))));
      }
    }
    return scores;
  }

  /** The score of both together; they must have the same key. */
  static ScoreRecord sum(ScoreRecord one, ScoreRecord other) {
    return new ScoreRecord(
        one.lineage(),
        one.release(),
        one.learner(),
        one.head(),
        one.shots(),
        one.queries() + other.queries(),
        one.correct() + other.correct(),
        one.logLossSum() + other.logLossSum(),
        both(one.errors(), other.errors()));
  }

  private static Optional<NumberErrors> both(
      Optional<NumberErrors> one, Optional<NumberErrors> other) {
    return one.isPresent() && other.isPresent()
        ? Optional.of(one.get().plus(other.get()))
        : one.or(() -> other);
  }

  /** Examples of the true label that were in force when the query was asked. */
  private static int shots(Prediction prediction, LabelTarget truth) {
    return prediction.supportByLabel().stream()
        .filter(count -> count.label().equals(truth.label()))
        .mapToInt(LabelCount::examples)
        .findFirst()
        .orElse(0);
  }

  /** A head without any score had no label to choose: it is wrong, not absent. */
  private static boolean isClassification(Answer answer) {
    return answer.scores().stream().allMatch(score -> score.target() instanceof LabelTarget);
  }

  private static boolean isCorrect(Answer answer, Target truth) {
    return !answer.scores().isEmpty() && answer.scores().get(0).target().equals(truth);
  }

  private static double scoreOf(Answer answer, Target truth) {
    return answer.scores().stream()
        .filter(score -> score.target().equals(truth))
        .mapToDouble(Score::score)
        .findFirst()
        .orElse(0);
  }
}

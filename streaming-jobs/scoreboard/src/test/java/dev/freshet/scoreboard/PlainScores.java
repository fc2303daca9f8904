package dev.freshet.scoreboard;

import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.Prediction.Answer;
import dev.freshet.schemas.Prediction.LabelCount;
import dev.freshet.schemas.ScoreRecord;
import dev.freshet.schemas.ScoreRecord.NumberErrors;
import dev.freshet.schemas.Target.LabelTarget;
import dev.freshet.schemas.Target.NumberTarget;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an outcome says about answers, written a second time. */
final class PlainScores {
  private final Map<String, ScoreRecord> scores = new TreeMap<>();

  Map<String, ScoreRecord> byKey() {
    return scores;
  }

  void judge(Prediction prediction, String truth) {
    prediction.answers().stream()
        .filter(answer -> !isNumber(answer))
        .forEach(answer -> judge(prediction, answer, truth));
  }

  void judge(Prediction prediction, double truth) {
    for (Answer answer : prediction.answers()) {
      if (isNumber(answer)) {
        double error = Math.abs(answer.scores().get(0).score() - truth);
        add(
            new ScoreRecord(
                prediction.lineage(),
                prediction.release(),
                answer.learner(),
                answer.head(),
                prediction.supportSize(),
                1,
                0,
                0,
                Optional.of(new NumberErrors(error, error * error))));
      }
    }
  }

  private static boolean isNumber(Answer answer) {
    return answer.scores().get(0).target() instanceof NumberTarget;
  }

  private void judge(Prediction prediction, Answer answer, String truth) {
    int shots = 0;
    for (LabelCount count : prediction.supportByLabel()) {
      shots += count.label().equals(truth) ? count.examples() : 0;
    }
    double ofTruth = 0;
    for (Prediction.Score score : answer.scores()) {
      ofTruth += ((LabelTarget) score.target()).label().equals(truth) ? score.score() : 0;
    }
    String best = ((LabelTarget) answer.scores().get(0).target()).label();
    long correct = best.equals(truth) ? 1 : 0;
    double loss = -Math.log(Math.max(ofTruth, 1e-6));
    String lineage = prediction.lineage();
    String release = prediction.release();
    String learner = answer.learner();
    String head = answer.head();
    ScoreRecord one = new ScoreRecord(lineage, release, learner, head, shots, 1, correct, loss);
    add(one);
  }

  private void add(ScoreRecord one) {
    scores.merge(
        one.key(),
        one,
        (a, b) ->
            new ScoreRecord(
                a.lineage(),
                a.release(),
                a.learner(),
                a.head(),
                b.shots(),
                a.queries() + 1,
                a.correct() + b.correct(),
                a.logLossSum() + b.logLossSum(),
                a.errors().map(errors -> errors.plus(b.errors().orElseThrow()))));
  }
}

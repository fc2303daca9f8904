package dev.freshet.scoreboard;

import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.Prediction.Answer;
import dev.freshet.schemas.Prediction.LabelCount;
import dev.freshet.schemas.ScoreRecord;
import dev.freshet.schemas.Target.LabelTarget;
import java.util.Map;
import java.util.TreeMap;

/** What an outcome says about answers, written a second time. */
final class PlainScores {
  private final Map<String, ScoreRecord> scores = new TreeMap<>();

  Map<String, ScoreRecord> byKey() {
    return scores;
  }

  void judge(Prediction prediction, String truth) {
    prediction.answers().forEach(answer -> judge(prediction, answer, truth));
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
    scores.merge(
        one.key(),
        one,
        (a, b) ->
            new ScoreRecord(
                lineage,
                release,
                learner,
                head,
                b.shots(),
                a.queries() + 1,
                a.correct() + b.correct(),
                a.logLossSum() + b.logLossSum()));
  }
}

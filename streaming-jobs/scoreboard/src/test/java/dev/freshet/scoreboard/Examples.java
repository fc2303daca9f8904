package dev.freshet.scoreboard;

import dev.freshet.schemas.OutcomeObserved;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.Prediction.Answer;
import dev.freshet.schemas.Prediction.LabelCount;
import dev.freshet.schemas.Prediction.Score;
import dev.freshet.schemas.Target.LabelTarget;
import java.util.List;
import java.util.OptionalDouble;

/** Predictions and outcomes as the tests need them. */
final class Examples {
  static final String LINEAGE = "categories";
  static final String TASK = "toys";
  static final String RELEASE = "r1";

  private Examples() {}

  /** Says cars (0.75) before dolls (0.25), from two cars and no doll, over both heads. */
  static Prediction saysCars(String query, long offset) {
    return prediction(TASK, query, 0, offset, 2, List.of(head("label"), head("unadapted")));
  }

  static Prediction prediction(
      String task, String query, int partition, long offset, int cars, List<Answer> answers) {
    return new Prediction(
        LINEAGE,
        task,
        query,
        partition,
        offset,
        RELEASE,
        1,
        "0".repeat(32),
        cars,
        List.of(new LabelCount("cars", cars), new LabelCount("dolls", 0)),
        Prediction.Basis.EXAMPLES,
        true,
        false,
        "cpu",
        answers,
        OptionalDouble.empty());
  }

  static Answer head(String head) {
    return answer(head, new Score(label("cars"), 0.75), new Score(label("dolls"), 0.25));
  }

  static Answer answer(String head, Score... scores) {
    return new Answer(head, "prototype", List.of(scores));
  }

  static LabelTarget label(String label) {
    return new LabelTarget(label);
  }

  static OutcomeObserved outcome(String query, String label) {
    return new OutcomeObserved(LINEAGE, TASK, query, label(label));
  }
}

package dev.freshet.scoreboard;

import static dev.freshet.scoreboard.Examples.answer;
import static dev.freshet.scoreboard.Examples.head;
import static dev.freshet.scoreboard.Examples.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.Prediction.Answer;
import dev.freshet.schemas.Prediction.Score;
import dev.freshet.schemas.ScoreRecord;
import dev.freshet.schemas.Target.NumberTarget;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoringTest {
  @Test
  void countsTheBestScoredLabelAsTheAnswer() {
    Prediction prediction = withAnswers(head("label"));

    assertThat(Scoring.judge(prediction, label("cars")))
        .singleElement()
        .satisfies(
            score -> {
              assertThat(score.key()).isEqualTo("categories/r1/label/prototype/2");
              assertThat(score.queries()).isEqualTo(1);
              assertThat(score.correct()).isEqualTo(1);
              assertThat(score.logLossSum()).isCloseTo(-Math.log(0.75), within(1e-7));
            });
  }

  @Test
  void takesTheShotsOfTheTrueLabelNotOfTheAnsweredOne() {
    Prediction prediction = withAnswers(head("label"));

    assertThat(Scoring.judge(prediction, label("dolls")))
        .extracting(ScoreRecord::shots, ScoreRecord::correct)
        .containsExactly(tuple(0, 0L));
    assertThat(Scoring.judge(prediction, label("never-seen")))
        .extracting(ScoreRecord::shots)
        .containsExactly(0);
  }

  @Test
  void chargesAnUnmentionedTruthAsMuchAsTheWorstScore() {
    Answer worst = answer("a", new Score(label("cars"), 1), new Score(label("dolls"), 0));
    Answer unmentioned = answer("b", new Score(label("cars"), 1));
    Answer nothing = answer("c");
    Answer notANumber = answer("d", new Score(label("dolls"), Double.NaN));

    assertThat(Scoring.judge(withAnswers(worst, unmentioned, nothing, notANumber), label("dolls")))
        .hasSize(4)
        .allSatisfy(
            score -> assertThat(score.logLossSum()).isCloseTo(-Math.log(1e-6), within(1e-7)));
  }

  @Test
  void leavesHeadsThatScoreNumbersAlone() {
    Answer rating = answer("rating", new Score(new NumberTarget(4.5), 4.5));

    assertThat(Scoring.judge(withAnswers(rating, head("label")), label("cars")))
        .extracting(ScoreRecord::head)
        .containsExactly("label");
  }

  /** A query may name a head twice; it is one answer to one query all the same. */
  @Test
  void countsAHeadOnceAPrediction() {
    assertThat(Scoring.judge(withAnswers(head("label"), head("label")), label("cars"))).hasSize(1);
  }

  @Test
  void logLossIsNeverNegative() {
    assertThat(LogLoss.of(1.0000001)).isZero();
    assertThat(Double.doubleToRawLongBits(LogLoss.of(1))).isZero();
  }

  /** Partitions are read in any order; the published sum must not tell which. */
  @Test
  void logLossSumsToTheSameBitsInAnyOrder() {
    Random random = new Random(17);
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      losses.add(LogLoss.of(random.nextDouble()));
    }
    double sum = losses.stream().reduce(0.0, Double::sum);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(losses, random);
      assertThat(losses.stream().reduce(0.0, Double::sum)).isEqualTo(sum);
    }
  }

  private static Prediction withAnswers(Answer... answers) {
    return Examples.prediction("toys", "q1", 0, 7, 2, List.of(answers));
  }
}

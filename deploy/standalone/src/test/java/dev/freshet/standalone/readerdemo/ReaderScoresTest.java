package dev.freshet.standalone.readerdemo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.Prediction.Answer;
import dev.freshet.schemas.Prediction.Score;
import dev.freshet.schemas.Target;
import dev.freshet.standalone.readerdemo.ReaderDocument.Row;
import dev.freshet.trainer.publish.ShippedRelease;
import dev.freshet.trainer.ratings.ItemAttributes;
import dev.freshet.trainer.ratings.Rating;
import dev.freshet.trainer.ratings.TimeSplit;
import dev.freshet.trainer.ratings.UserSegments;
import dev.freshet.trainer.readerstream.ReaderStep;
import dev.freshet.trainer.readerstream.ReaderStream;
import dev.freshet.trainer.readerstream.StreamSource;
import dev.freshet.trainer.recommendation.StreamTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReaderScoresTest {
  private static final long CUT = 2_000_000_000L;
  private static final List<Rating> BEFORE = List.of(new Rating("zoe", "i00001", 4, CUT - 1));
  private static final ReaderSource SOURCE =
      new ReaderSource(
          "three questions",
          true,
          ShippedRelease.READERS.assemble(),
          new StreamSource(
              new TimeSplit(CUT, BEFORE, List.of()), ItemAttributes.NONE, UserSegments.NONE));
  private static final ReaderStream STREAM =
      new ReaderStream(
          List.of("ann"),
          List.of(
              new ReaderStep.UserOpened("ann", Optional.empty(), CUT),
              new ReaderStep.TopAsked("ann", "q1", 20, 0, Set.of("i00002"), CUT),
              new ReaderStep.NumberAsked("ann", "q2", "i00002", 0, 5, CUT),
              new ReaderStep.NumberAsked("ann", "q3", "i00003", 1, 2, CUT)));

  private final ReaderScores scores = new ReaderScores(STREAM, SOURCE);
  private final StreamTable table = new StreamTable();

  private static Prediction prediction(String task, String query, Answer... answers) {
    return new Prediction(
        "readers",
        task,
        query,
        0,
        1,
        "simulation-1",
        1,
        "0".repeat(32),
        0,
        List.of(),
        Prediction.Basis.RELEASE_ALONE,
        true,
        false,
        "cpu",
        List.of(answers),
        OptionalDouble.empty(),
        Optional.of("0"));
  }

  private static Answer number(String head, double value) {
    return new Answer(head, "heads", List.of(new Score(new Target.NumberTarget(value), value)));
  }

  private static Answer order(String head, String... items) {
    return new Answer(
        head,
        "heads",
        Arrays.stream(items).map(item -> new Score(new Target.ItemTarget(item), 1)).toList());
  }

  @Test
  void aQuestionCountsForEverybodyOnceItIsAnswered() {
    assertThat(scores.questions()).isEqualTo(3);
    assertThat(ReaderDocument.rows(table)).isEmpty();

    scores.judge(prediction("ann", "q2", number("rating", 4.5), number("unadapted", 3)), table);

    Row row = ReaderDocument.rows(table).get(0);
    assertThat(row.ownEvents()).isEqualTo("0");
    assertThat(row.mae().keySet())
        .containsExactly("adapted", "item-base", "offset-shrinkage", "unadapted");
    assertThat(row.mae().get("adapted")).isEqualTo(new ReaderDocument.Figure(0.5, null, 1));
    assertThat(row.mae().get("unadapted")).isEqualTo(new ReaderDocument.Figure(2, null, 1));
    assertThat(row.ndcg10()).isEmpty();
  }

  @Test
  void ordersAreJudgedByWhatIsRelevantLater() {
    scores.judge(
        prediction(
            "ann", "q1", order("rank", "i00002", "i00003"), order("unadapted", "i00003", "i1")),
        table);

    Row row = ReaderDocument.rows(table).get(0);
    assertThat(row.ndcg10())
        .containsEntry("adapted", new ReaderDocument.Figure(1, null, 1))
        .containsEntry("unadapted", new ReaderDocument.Figure(0, null, 1));
    assertThat(row.ndcg10().keySet())
        .containsExactly("adapted", "popularity", "recent-popularity", "unadapted");
  }

  @Test
  void whatIsNoAnswerToTheStreamIsPassedOver() {
    scores.judge(prediction("warm-up-1", "q2", number("rating", 4)), table);

    assertThat(ReaderDocument.rows(table)).isEmpty();
    assertThat(scores.asks("ann", "q1")).isTrue();
    assertThat(scores.asksOrder("ann", "q1")).isTrue();
    assertThat(scores.asksNumber("ann", "q1")).isFalse();
    assertThat(scores.asks("warm-up-1", "q1")).isFalse();
  }

  @Test
  void theTableShowsADashWhereHardlyAnybodyWasAsked() {
    scores.judge(prediction("ann", "q3", number("rating", 2), number("unadapted", 3)), table);

    List<String> lines = ReaderTable.lines(ReaderDocument.rows(table));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(2)).startsWith("      1      1 │   0.000       1.000 ").endsWith("–");
    assertThat(ReaderTable.differences(ReaderDocument.rows(table))).isEmpty();
    assertThat(ReaderTable.brief(ReaderDocument.rows(table)))
        .isEqualTo("error, by own events: 1: 0.000");
  }
}

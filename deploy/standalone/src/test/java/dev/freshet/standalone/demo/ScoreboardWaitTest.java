package dev.freshet.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.schemas.ScoreRecord;
import dev.freshet.standalone.console.CommandFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoreboardWaitTest {
  private static final long QUERIES = 3;

  private final Deque<Optional<List<ScoreRecord>>> looks = new ArrayDeque<>();

  @Test
  void scoresThatCannotBeReadYetOrStillGrowAreWaitedFor() {
    looks.add(Optional.empty());
    looks.add(scores(1));
    looks.add(scores(2));
    looks.add(scores(QUERIES));
    assertThat(wait(Duration.ofSeconds(60)).agreed()).isEqualTo(scores(QUERIES).orElseThrow());
  }

  @Test
  void scoresThatStayWrongAreReported() {
    looks.add(scores(1));
    assertThatThrownBy(wait(Duration.ZERO)::agreed)
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("disagree in 1 scores")
        .hasMessageContaining("1 of 3 queries");
  }

  @Test
  void aScoreboardThatNeverTellsIsReported() {
    looks.add(Optional.empty());
    assertThatThrownBy(wait(Duration.ZERO)::agreed)
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("cannot tell its scores");
  }

  /** Looks one after another; the last one stays. */
  private ScoreboardWait wait(Duration silenceMax) {
    return new ScoreboardWait(
        () -> looks.size() > 1 ? looks.remove() : looks.element(),
        scores ->
            scores.get(0).queries() == QUERIES
                ? List.of()
                : List.of(scores.get(0).queries() + " of 3 queries"),
        silenceMax);
  }

  private static Optional<List<ScoreRecord>> scores(long queries) {
    return Optional.of(
        List.of(new ScoreRecord("categories", "wordnet", "lda", "adapted", 1, queries, 0, 0.5)));
  }
}

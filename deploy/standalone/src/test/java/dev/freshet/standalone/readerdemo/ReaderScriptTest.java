package dev.freshet.standalone.readerdemo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.ExampleRetracted;
import dev.freshet.schemas.ItemDescribed;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskOpened;
import dev.freshet.trainer.readerstream.ReaderStep;
import dev.freshet.trainer.readerstream.ReaderStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReaderScriptTest {
  private static final ReaderStep.SegmentOpened NORTH = new ReaderStep.SegmentOpened("north", 1);
  private static final ReaderStep.SegmentRating SAID =
      new ReaderStep.SegmentRating("north", "e1", "i1", 4, 1);
  private static final ReaderStep.UserOpened ANN =
      new ReaderStep.UserOpened("ann", Optional.of("north"), 2);
  private static final ReaderStep.NumberAsked NUMBER =
      new ReaderStep.NumberAsked("ann", "q1", "i2", 0, 5, 2);
  private static final ReaderStep.ItemIntroduced NEW =
      new ReaderStep.ItemIntroduced("i9", List.of("genre:1"), 9);

  private static ReaderScript script(ReaderStep... steps) {
    return new ReaderScript("readers", List.of(steps));
  }

  @Test
  void whatSegmentsBringFromBeforeComesFirstAndUsersStartFromThem() {
    ReaderScript script = script(NORTH, SAID, ANN);

    assertThat(script.segments()).containsExactly("north");
    assertThat(script.prologue()).hasSize(2);
    TaskOpened segment = (TaskOpened) script.prologue().get(0);
    assertThat(segment.segment()).isTrue();
    assertThat(segment.policy().orElseThrow().examplesPerTaskMax()).isEqualTo(10_000);
    assertThat(((TaskOpened) script.stream().get(0)).parent()).contains("north");
  }

  /** The job refuses a parent that has not spoken; the task is used without one. */
  @Test
  void aSegmentThatIsFirstSeenInTheStreamIsNoParentYet() {
    ReaderScript script =
        script(ANN, NORTH, SAID, new ReaderStep.UserOpened("bob", ANN.segment(), 3));

    assertThat(script.prologue()).isEmpty();
    assertThat(script.stream())
        .filteredOn(event -> event instanceof TaskOpened opened && !opened.segment())
        .allMatch(event -> ((TaskOpened) event).parent().isEmpty());
  }

  @Test
  void questionsAskTheAdaptedAndTheUnadaptedRelease() {
    ReaderScript script =
        script(ANN, NUMBER, new ReaderStep.TopAsked("ann", "q2", 20, 0, Set.of("i3"), 2));

    QueryAsked number = (QueryAsked) script.stream().get(1);
    assertThat(number.ranks()).isFalse();
    assertThat(number.heads()).containsExactly("rating", "unadapted");
    QueryAsked order = (QueryAsked) script.stream().get(2);
    assertThat(order.ranks()).isTrue();
    assertThat(order.topK()).hasValue(20);
    assertThat(order.heads()).containsExactly("rank", "unadapted");
  }

  @Test
  void aRetractionIsToldToTheSegmentAsWell() {
    List<TaskEvent> events =
        script(
            ANN,
            new ReaderStep.RatingGiven("ann", "e1", "i2", 5, 3),
            new ReaderStep.RatingRetracted(
                "ann", "e1", Optional.of(new ReaderStep.SegmentExample("north", "e7")), 4),
            new ReaderStep.ItemWithdrawn("i2", 5))
            .stream();

    assertThat(events.get(1)).isInstanceOf(ExampleAdded.class);
    assertThat(events.subList(2, 4))
        .containsExactly(
            new ExampleRetracted("readers", "ann", "e1"),
            new ExampleRetracted("readers", "north", "e7"));
    assertThat(((ItemDescribed) events.get(4)).available()).isFalse();
  }

  @Test
  void itemsComeSomeStepsBeforeTheyAreNamedAndNothingElseMoves() {
    ReaderStream stream = new ReaderStream(List.of("ann"), List.of(NORTH, SAID, ANN, NEW, NUMBER));

    List<ReaderStep> early = EarlyItems.of(stream, 2).steps();

    assertThat(early)
        .containsExactly(
            NORTH, new ReaderStep.ItemIntroduced("i9", List.of("genre:1"), 1), SAID, ANN, NUMBER);
    assertThat(EarlyItems.of(stream, 0)).isEqualTo(stream);
    assertThat(new ReaderScript("readers", early).items()).containsExactly("i9");
  }
}

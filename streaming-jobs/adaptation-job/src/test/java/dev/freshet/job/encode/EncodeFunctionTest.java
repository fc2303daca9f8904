package dev.freshet.job.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.RejectedEvent;
import dev.freshet.job.log.ReleaseStamp;
import dev.freshet.job.log.Stamped;
import dev.freshet.job.log.StampedEvent;
import dev.freshet.job.testing.WordEncoder;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Label;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RejectionReason;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskOpened;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncodeFunctionTest {
  private static final String LINEAGE = "categories";
  private static final Features NO_WORD = new Features.TextFeatures("!? \u200b");
  private static final Features WORDS = new Features.TextFeatures("a red car");
  private static final Target CARS = new Target.LabelTarget("cars");

  private record Outcome(List<StampedEvent> encoded, List<RejectedEvent> rejected) {}

  static Stream<TaskEvent.OfTask> eventsWithATextThatYieldsNoToken() {
    return Stream.of(
        new ExampleAdded(LINEAGE, "toys", "e1", NO_WORD, CARS),
        new QueryAsked(LINEAGE, "toys", "q1", NO_WORD),
        new TaskOpened(
            LINEAGE, "toys", List.of(new Label("cars", "cars"), new Label("odd", "\u2014"))));
  }

  /** Not blank, so only the encoder can tell. What comes before and after is encoded. */
  @ParameterizedTest
  @MethodSource("eventsWithATextThatYieldsNoToken")
  void rejectsAnEventWithATextThatYieldsNoToken(TaskEvent.OfTask event) throws Exception {
    StampedEvent before = stamped(1, new ExampleAdded(LINEAGE, "toys", "e0", WORDS, CARS));
    StampedEvent odd = stamped(2, event);
    StampedEvent after = stamped(3, new QueryAsked(LINEAGE, "toys", "q2", WORDS));

    Outcome outcome = run(before, odd, after);

    assertThat(outcome.encoded()).extracting(e -> e.logged().offset()).containsExactly(1L, 3L);
    assertThat(outcome.rejected())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.logged()).isSameAs(odd.logged());
              assertThat(rejected.reason()).isEqualTo(RejectionReason.EMPTY_TEXT);
              assertThat(rejected.message()).contains("found no word");
            });
  }

  private static Outcome run(StampedEvent... events) throws Exception {
    try (OneInputStreamOperatorTestHarness<Stamped, Stamped> harness =
        ProcessFunctionTestHarnesses.forProcessFunction(
            new EncodeFunction(new WordEncoder.Factory(), 1 << 16))) {
      for (StampedEvent event : events) {
        harness.processElement(event, 0);
      }
      return new Outcome(
          harness.extractOutputValues().stream().map(StampedEvent.class::cast).toList(),
          harness.getSideOutput(RejectedEvent.TAG).stream().map(StreamRecord::getValue).toList());
    }
  }

  private static StampedEvent stamped(long offset, TaskEvent.OfTask event) {
    LoggedEvent logged = new LoggedEvent(0, offset, 0, new byte[] {1}, new byte[] {2});
    return new StampedEvent(logged, event, new ReleaseStamp("cool", "0".repeat(64), 1));
  }
}

package dev.freshet.job.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.release.Release;
import dev.freshet.job.items.ItemNews;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.RejectedEvent;
import dev.freshet.job.log.Stamped;
import dev.freshet.job.log.StampedEvent;
import dev.freshet.job.log.StampedItems;
import dev.freshet.job.testing.LogBuilder;
import dev.freshet.job.testing.Pipeline;
import dev.freshet.job.testing.ReaderReleases;
import dev.freshet.job.testing.TestReleases;
import dev.freshet.schemas.Candidate;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Exploration;
import dev.freshet.schemas.Features.ItemFeatures;
import dev.freshet.schemas.Features.TextFeatures;
import dev.freshet.schemas.ItemDescribed;
import dev.freshet.schemas.ItemsChanged;
import dev.freshet.schemas.ItemsChanged.SegmentRow;
import dev.freshet.schemas.ItemsChanged.SegmentState;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RejectionReason;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.schemas.TaskEventCodec;
import dev.freshet.schemas.TaskKey;
import dev.freshet.schemas.TaskOpened;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a release with items takes of the log, and what it sends back with a reason. */
class ReaderEventCheckTest {
  private static final String LINEAGE = ReaderReleases.LINEAGE;
  private static final Target FOUR = new Target.NumberTarget(4);

  @TempDir Path directory;
  private OneInputStreamOperatorTestHarness<LoggedEvent, Stamped> stamping;
  private long offset;

  @BeforeEach
  void activate() throws Exception {
    Release readers = new ReaderReleases(directory).write("one", 1);
    Release categories = new TestReleases(directory).write("cool", 4);
    stamping = Pipeline.stamping(directory, 1);
    LogBuilder log = new LogBuilder(1);
    log.fence(ReaderReleases.fence(readers, 1)).fence(TestReleases.fence(categories, 1));
    for (LoggedEvent event : log.log()) {
      stamping.processElement(event, 0);
    }
  }

  @AfterEach
  void close() throws Exception {
    stamping.close();
  }

  private void send(TaskEvent event) throws Exception {
    TaskKey key =
        event instanceof ItemDescribed described
            ? described.key()
            : TaskKey.of(event).orElse(new TaskKey("none", "none"));
    byte[] bytes =
        event instanceof ItemsChanged
            ? event.lineage().getBytes(StandardCharsets.UTF_8)
            : key.bytes();
    stamping.processElement(
        new LoggedEvent(0, offset++, 100_000, bytes, new TaskEventCodec().encode(event)), 0);
  }

  private List<RejectedEvent> rejections() {
    var output = stamping.getSideOutput(RejectedEvent.TAG);
    return output == null ? List.of() : output.stream().map(StreamRecord::getValue).toList();
  }

  private static QueryAsked ranking(List<Candidate> candidates, OptionalInt topK, String head) {
    return new QueryAsked(
        LINEAGE,
        "u",
        "q",
        Optional.empty(),
        List.of(head),
        candidates,
        topK,
        Optional.empty(),
        Optional.empty());
  }

  private static QueryAsked thompson(String head, int topK) {
    return new QueryAsked(
        LINEAGE,
        "u",
        "q",
        Optional.empty(),
        List.of(head),
        List.of(),
        OptionalInt.of(topK),
        Optional.empty(),
        Optional.of(new Exploration(Exploration.Policy.THOMPSON, 0)));
  }

  private static List<Candidate> candidates(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Candidate("item-" + i, Optional.empty()))
        .toList();
  }

  static Stream<Arguments> refused() {
    ItemFeatures item = new ItemFeatures("item-1");
    return Stream.of(
        Arguments.of(
            RejectionReason.OUT_OF_SCALE,
            "the number is 7.0, release one was trained on 1.0 to 5.0",
            new ExampleAdded(LINEAGE, "u", "e", item, new Target.NumberTarget(7))),
        Arguments.of(
            RejectionReason.UNSUPPORTED_TARGET,
            "lineage 'readers' learns numbers",
            new ExampleAdded(LINEAGE, "u", "e", item, new Target.LabelTarget("good"))),
        Arguments.of(
            RejectionReason.TOO_MANY_ITEMS,
            "expected 1 to 1000",
            ranking(List.of(), OptionalInt.empty(), "rank")),
        Arguments.of(
            RejectionReason.TOO_MANY_ITEMS,
            "got 1001",
            ranking(List.of(), OptionalInt.of(1_001), "rank")),
        Arguments.of(
            RejectionReason.TOO_MANY_ITEMS,
            "got 1200",
            ranking(candidates(1_200), OptionalInt.of(3), "rank")),
        Arguments.of(
            RejectionReason.UNKNOWN_HEAD,
            "no head 'label'",
            ranking(candidates(2), OptionalInt.empty(), "label")),
        Arguments.of(
            RejectionReason.UNSUPPORTED_FEATURES,
            "head 'rank' of release one has no posterior",
            thompson("rank", 5)),
        Arguments.of(
            RejectionReason.TOO_MANY_ITEMS,
            "THOMPSON draws from at most 200 items, got 300",
            thompson("rating", 300)),
        Arguments.of(
            RejectionReason.UNSUPPORTED_FEATURES,
            "candidate 'x' has a text",
            ranking(
                List.of(new Candidate("x", Optional.of(new TextFeatures("a film")))),
                OptionalInt.empty(),
                "rank")),
        Arguments.of(
            RejectionReason.UNKNOWN_PARENT,
            "no segment 'nobody'",
            new TaskOpened(LINEAGE, "u", List.of(), Optional.empty(), Optional.of("nobody"))),
        Arguments.of(
            RejectionReason.UNSUPPORTED_FEATURES,
            "has no item table",
            new ItemDescribed(TestReleases.LINEAGE, "x", Optional.empty(), true)),
        Arguments.of(
            RejectionReason.UNSUPPORTED_FEATURES,
            "knows no items",
            new QueryAsked(TestReleases.LINEAGE, "t", "q", item)),
        Arguments.of(
            RejectionReason.UNSUPPORTED_FEATURES,
            "starts no task from a parent",
            new TaskOpened(
                TestReleases.LINEAGE, "t", List.of(), Optional.empty(), Optional.empty(), true)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refused")
  void sendsBackWhatItCannotTakeAndSaysWhy(RejectionReason reason, String words, TaskEvent event)
      throws Exception {
    send(event);

    assertThat(stamping.extractOutputValues()).isEmpty();
    assertThat(rejections()).extracting(RejectedEvent::reason).containsExactly(reason);
    assertThat(rejections().get(0).message()).contains(words);
  }

  private static ItemsChanged version(long version, long asOfSeconds) {
    return new ItemsChanged(LINEAGE, version, asOfSeconds, List.of(), List.of());
  }

  /** It would keep out all that come after it. */
  @Test
  void aVersionFromTheFutureOrOfALineageWithoutItemsIsSentBack() throws Exception {
    send(version(Long.MAX_VALUE, 100));
    send(version(1, 1_000_000_000));
    send(new ItemsChanged(TestReleases.LINEAGE, 1, 100, List.of(), List.of()));
    send(new ItemsChanged("nobody", 1, 100, List.of(), List.of()));
    send(version(1, 100));

    assertThat(rejections())
        .extracting(RejectedEvent::reason)
        .containsExactly(
            RejectionReason.INVALID_EVENT,
            RejectionReason.INVALID_EVENT,
            RejectionReason.UNSUPPORTED_FEATURES,
            RejectionReason.UNKNOWN_LINEAGE);
    assertThat(stamping.extractOutputValues()).hasSize(1);
  }

  @Test
  void takesItemsThatNobodyKnows() throws Exception {
    send(new ExampleAdded(LINEAGE, "u", "e", new ItemFeatures("never-heard-of"), FOUR));
    send(new QueryAsked(LINEAGE, "u", "q", new ItemFeatures("never-heard-of")));

    assertThat(rejections()).isEmpty();
    assertThat(stamping.extractOutputValues()).hasSize(2);
  }

  @Test
  void passesNewsOfItemsOnToTheDesk() throws Exception {
    send(new ItemDescribed(LINEAGE, "x", Optional.of(List.of("new")), true));

    assertThat(stamping.extractOutputValues()).isEmpty();
    assertThat(stamping.getSideOutput(ItemNews.TAG))
        .extracting(StreamRecord::getValue)
        .containsExactly(new ItemNews.Described(LINEAGE, "x", Optional.of(List.of("new")), true));
  }

  @Test
  void aTaskTakesWithItWhatItsParentSaysAtThatPosition() throws Exception {
    SegmentRow row = new SegmentRow("item-1", 4);
    SegmentState segment = new SegmentState("night", List.of(row));
    send(new ItemsChanged(LINEAGE, 1, 100, List.of(), List.of(segment)));
    send(new TaskOpened(LINEAGE, "u", List.of(), Optional.empty(), Optional.of("night")));
    send(
        new ItemsChanged(
            LINEAGE, 2, 100, List.of(), List.of(new SegmentState("night", List.of()))));
    send(new TaskOpened(LINEAGE, "v", List.of(), Optional.empty(), Optional.of("night")));

    List<Stamped> out = stamping.extractOutputValues();
    assertThat(out).hasSize(4);
    assertThat(out.get(0)).isInstanceOf(StampedItems.class);
    assertThat(((StampedEvent) out.get(1)).prior()).containsExactly(row);
    assertThat(((StampedEvent) out.get(3)).prior()).isEmpty();
  }
}

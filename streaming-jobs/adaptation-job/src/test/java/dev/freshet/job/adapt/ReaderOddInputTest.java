package dev.freshet.job.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.adaptation.release.Release;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.job.items.ItemNews;
import dev.freshet.job.log.LoggedEvent;
import dev.freshet.job.log.RejectedEvent;
import dev.freshet.job.log.Stamped;
import dev.freshet.job.testing.LogBuilder;
import dev.freshet.job.testing.Pipeline;
import dev.freshet.job.testing.ReaderReleases;
import dev.freshet.schemas.Candidate;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Exploration;
import dev.freshet.schemas.Features;
import dev.freshet.schemas.Features.ItemFeatures;
import dev.freshet.schemas.ItemFilter;
import dev.freshet.schemas.ItemsChanged;
import dev.freshet.schemas.ItemsChanged.ItemState;
import dev.freshet.schemas.Prediction;
import dev.freshet.schemas.QueryAsked;
import dev.freshet.schemas.RecordCodec;
import dev.freshet.schemas.RejectionReason;
import dev.freshet.schemas.SupportPolicy;
import dev.freshet.schemas.Target;
import dev.freshet.schemas.TaskClosed;
import dev.freshet.schemas.TaskOpened;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users and items as they come: nothing is lost, nothing crashes. */
class ReaderOddInputTest {
  private static final String LINEAGE = ReaderReleases.LINEAGE;

  @TempDir Path directory;
  private ReaderReleases releases;
  private LogBuilder log;

  @BeforeEach
  void activate() {
    releases = new ReaderReleases(directory);
    log = new LogBuilder(1);
    log.fence(ReaderReleases.fence(releases.write("one", 1), 1));
  }

  private record Outcome(
      List<Prediction> predictions, List<RejectedEvent> rejected, List<ItemNews> news) {}

  private Outcome run() throws Exception {
    AdaptOptions options = new AdaptOptions(directory.toString(), Device.CPU, 64, 3, 1 << 20);
    List<LoggedEvent> events = log.log();
    try (var harness = ReplayTest.harness(new AdaptOperator(options), "heap")) {
      harness.open();
      for (Stamped event : Pipeline.stampedAndEncoded(events, directory, 1)) {
        harness.processElement(event, 0);
      }
      harness.prepareSnapshotPreBarrier(1);
      List<Prediction> predictions = new ArrayList<>();
      for (var record : harness.extractOutputValues()) {
        predictions.add(RecordCodec.predictions().decode(record.value()));
      }
      return new Outcome(
          predictions,
          values(harness.getSideOutput(RejectedEvent.TAG)),
          values(harness.getSideOutput(ItemNews.TAG)));
    }
  }

  private static <T> List<T> values(Queue<StreamRecord<T>> output) {
    return output == null ? List.of() : output.stream().map(StreamRecord::getValue).toList();
  }

  private static ExampleAdded example(String id, String item, double value) {
    return new ExampleAdded(
        LINEAGE, "u", id, new ItemFeatures(item), new Target.NumberTarget(value));
  }

  private static QueryAsked top(int k, ItemFilter filter) {
    return new QueryAsked(
        LINEAGE,
        "u",
        "top",
        Optional.empty(),
        List.of(),
        List.of(),
        OptionalInt.of(k),
        Optional.of(filter),
        Optional.empty());
  }

  private static List<String> items(Prediction prediction) {
    return prediction.answers().get(0).scores().stream()
        .map(score -> ((Target.ItemTarget) score.target()).item())
        .toList();
  }

  @Test
  void moreThanThereIsIsAllThereIs() throws Exception {
    log.add(top(1_000, ItemFilter.DEFAULT));

    assertThat(items(run().predictions().get(0))).hasSize(ReaderReleases.ITEMS);
  }

  @Test
  void anEmptyCatalogueHasAnEmptyAnswer() throws Exception {
    Release empty = releases.writeEmpty("empty");
    log.fence(ReaderReleases.fence(empty, 2)).add(top(10, ItemFilter.DEFAULT));
    log.add(example("e", "item-1", 3)).add(top(10, ItemFilter.DEFAULT));

    assertThat(run().predictions()).hasSize(2).allSatisfy(p -> assertThat(items(p)).isEmpty());
  }

  @Test
  void aFilterThatNothingPassesHasAnEmptyAnswer() throws Exception {
    log.add(top(10, new ItemFilter(false, false, List.of("genre:none"))));

    assertThat(items(run().predictions().get(0))).isEmpty();
  }

  @Test
  void anItemWithdrawnWhileInASupportStaysAnExampleAndIsNoLongerRecommended() throws Exception {
    ItemFilter seenToo = new ItemFilter(true, false, List.of());
    log.add(example("e", "item-1", 5)).add(top(100, seenToo));
    ItemState gone = new ItemState("item-1", Optional.empty(), false, 1, 5, 1, 1_000);
    log.fence(new ItemsChanged(LINEAGE, 1, 1_000, List.of(gone), List.of()));
    log.add(top(100, seenToo));

    List<Prediction> predictions = run().predictions();
    assertThat(items(predictions.get(0))).contains("item-1");
    assertThat(items(predictions.get(1))).doesNotContain("item-1");
    assertThat(predictions.get(1).supportDigest()).isEqualTo(predictions.get(0).supportDigest());
  }

  @Test
  void anUnknownItemIsKeptWithThePriorAndSaidToBeUnknown() throws Exception {
    log.add(example("e", "never-heard-of", 4)).add(top(100, ItemFilter.DEFAULT));

    Outcome outcome = run();
    assertThat(outcome.predictions().get(0).supportSize()).isEqualTo(1);
    assertThat(outcome.news())
        .singleElement()
        .isInstanceOfSatisfying(
            ItemNews.Counted.class, counted -> assertThat(counted.known()).isFalse());
  }

  @Test
  void orIsSentBackWhereThePolicyKeepsNone() throws Exception {
    SupportPolicy policy = SupportPolicy.DEFAULT.withUnknownItemsKept(false);
    log.add(new TaskOpened(LINEAGE, "u", List.of(), Optional.of(policy), Optional.empty()));
    log.add(example("e", "never-heard-of", 4), example("f", "item-1", 4));
    log.add(top(100, ItemFilter.DEFAULT));

    Outcome outcome = run();
    assertThat(outcome.rejected())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(RejectionReason.UNKNOWN_ITEM);
              assertThat(rejected.message()).contains("send an ItemDescribed before it");
            });
    assertThat(outcome.predictions().get(0).supportSize()).isEqualTo(1);
  }

  @Test
  void aUserWithManyEventsKeepsWhatThePolicyAllowsAndAllOfThemAreCounted() throws Exception {
    SupportPolicy policy = SupportPolicy.DEFAULT.withExamplesMax(64, 50);
    log.add(new TaskOpened(LINEAGE, "u", List.of(), Optional.of(policy), Optional.empty()));
    for (int i = 0; i < 2_000; i++) {
      log.add(example("e" + i, "item-" + i % ReaderReleases.ITEMS, 1 + i % 5));
    }
    log.add(top(5, ItemFilter.DEFAULT));

    Outcome outcome = run();
    assertThat(outcome.predictions().get(0).supportSize()).isEqualTo(50);
    assertThat(outcome.news()).hasSize(2_000);
  }

  /** Numbers at the edge of what is taken make the learner diverge; there is then no posterior. */
  @Test
  void drawingFromAPosteriorThatDivergedIsDrawingFromNoDoubtAtAll() throws Exception {
    float[] huge = new float[releases.features()];
    Arrays.fill(huge, 0x1p50f);
    log.add(
        new ExampleAdded(
            LINEAGE, "u", "e", new Features.VectorFeatures(huge), new Target.NumberTarget(5)));
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      candidates.add(new Candidate("c" + i, Optional.empty()));
    }
    log.add(
        new QueryAsked(
            LINEAGE,
            "u",
            "q",
            Optional.empty(),
            List.of("rating"),
            candidates,
            OptionalInt.empty(),
            Optional.empty(),
            Optional.of(new Exploration(Exploration.Policy.THOMPSON, 0))));

    Prediction prediction = run().predictions().get(0);
    assertThat(items(prediction)).hasSize(200);
    assertThat(prediction.propensity()).hasValue(1);
  }

  @Test
  void whatBecomesASegmentLeavesTheStatistics() throws Exception {
    log.add(example("e", "item-1", 5));
    log.add(
        new TaskOpened(LINEAGE, "u", List.of(), Optional.empty(), Optional.empty(), true),
        example("f", "item-2", 5),
        new TaskClosed(LINEAGE, "u"));

    assertThat(run().news())
        .filteredOn(ItemNews.Counted.class::isInstance)
        .extracting(news -> ((ItemNews.Counted) news).item() + ((ItemNews.Counted) news).joined())
        .containsExactly("item-1true", "item-1false");
  }

  @Test
  void aClosedSegmentSaysNothingMore() throws Exception {
    log.add(new TaskOpened(LINEAGE, "u", List.of(), Optional.empty(), Optional.empty(), true));
    for (int i = 0; i < 3; i++) {
      log.add(example("e" + i, "item-1", 5));
    }
    log.add(new TaskClosed(LINEAGE, "u"));

    assertThat(run().news())
        .last()
        .isInstanceOfSatisfying(
            ItemNews.SegmentSaid.class, said -> assertThat(said.segment().rows()).isEmpty());
  }
}

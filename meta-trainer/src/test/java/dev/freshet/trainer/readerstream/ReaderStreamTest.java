package dev.freshet.trainer.readerstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.items.ItemEntry;
import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.adaptation.release.Release;
import dev.freshet.trainer.corpus.LeakException;
import dev.freshet.trainer.publish.ShippedRelease;
import dev.freshet.trainer.ratings.CutTime;
import dev.freshet.trainer.ratings.RatingSimulation;
import dev.freshet.trainer.ratings.TimeSplit;
import dev.freshet.trainer.ratings.UnusableRatingsException;
import dev.freshet.trainer.ratings.UserSegments;
import dev.freshet.trainer.readers.Progress;
import dev.freshet.trainer.readers.ReaderSettings;
import dev.freshet.trainer.readers.ReaderTraining;
import dev.freshet.trainer.recommendation.Metric;
import dev.freshet.trainer.recommendation.StreamTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReaderStreamTest {
  private static final RatingSimulation SIMULATION = new RatingSimulation(400, 160, 20, 3);
  private static final TimeSplit SPLIT = TimeSplit.of(SIMULATION.ratings(), CutTime.parse("60%"));
  private static final UserSegments SEGMENTS = SIMULATION.segments();
  private static final StreamSource SOURCE =
      new StreamSource(SPLIT, SIMULATION.attributes(), SEGMENTS);
  private static final ReaderStreamSettings SETTINGS =
      ReaderStreamSettings.of(30, 1).withShares(0.1, 0.1);

  private static Release release =
      new ReaderTraining(ReaderSettings.DEFAULT.withSteps(2, 2), Progress.SILENT)
          .train("simulation 3", SPLIT, SIMULATION.attributes())
          .assemble("readers", "test-1");

  /** As if the last items of the alphabet came later. */
  private static ItemTable table() {
    ItemTable all = release.items().orElseThrow();
    Map<String, ItemEntry> early = new HashMap<>();
    all.ids().stream()
        .filter(id -> id.compareTo("i00120") < 0)
        .forEach(id -> early.put(id, all.item(id).orElseThrow()));
    return new ItemTable(all.layout(), all.scale(), early, Map.of(), Map.of());
  }

  private static ReaderStream stream(ReaderStreamSettings settings) {
    return ReaderStream.of(SOURCE, table(), settings);
  }

  private static <S extends ReaderStep> List<S> of(ReaderStream stream, Class<S> kind) {
    return stream.steps().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Test
  void theSameSeedTellsTheSameStory() {
    assertThat(stream(SETTINGS)).isEqualTo(stream(SETTINGS));
  }

  @Test
  void itHasAsManyNewUsersAsWereAskedForAndRunsInTheOrderOfTime() {
    ReaderStream stream = stream(SETTINGS);
    Set<String> old = new HashSet<>();
    SPLIT.before().forEach(rating -> old.add(rating.user()));

    assertThat(stream.users()).hasSize(30).doesNotContainAnyElementsOf(old);
    assertThat(of(stream, ReaderStep.UserOpened.class))
        .extracting(ReaderStep.UserOpened::user)
        .containsExactlyInAnyOrderElementsOf(stream.users());
    assertThat(stream.steps())
        .isSortedAccordingTo((a, b) -> Long.compare(a.seconds(), b.seconds()))
        .allMatch(step -> step.seconds() >= SPLIT.cutSeconds());
  }

  @Test
  void eachRatingIsAskedForJustBeforeItIsTold() {
    List<ReaderStep> steps = stream(SETTINGS).steps();

    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof ReaderStep.RatingGiven given) {
        ReaderStep.NumberAsked asked = (ReaderStep.NumberAsked) steps.get(i - 1);
        assertThat(asked.user()).isEqualTo(given.user());
        assertThat(asked.item()).isEqualTo(given.item());
        assertThat(asked.truth()).isEqualTo(given.value());
      }
    }
  }

  @Test
  void tasksOpenBeforeTheyAreFedAndUsersStartFromTheirSegment() {
    Set<String> open = new HashSet<>();
    for (ReaderStep step : stream(SETTINGS).steps()) {
      if (step instanceof ReaderStep.SegmentOpened opened) {
        assertThat(open.add(opened.segment())).isTrue();
      } else if (step instanceof ReaderStep.UserOpened opened) {
        assertThat(opened.segment()).isEqualTo(SEGMENTS.of(opened.user()));
        assertThat(open).contains(opened.segment().orElseThrow());
        assertThat(open.add(opened.user())).isTrue();
      } else if (step instanceof ReaderStep.SegmentRating rating) {
        assertThat(open).contains(rating.segment());
      } else if (step instanceof ReaderStep.NumberAsked asked) {
        assertThat(open).contains(asked.user());
      }
    }
    assertThat(open).hasSize(35);
  }

  @Test
  void itemsAreIntroducedBeforeTheyAreNamedAndNeverNamedOnceWithdrawn() {
    Set<String> offered = new HashSet<>(table().ids());
    Set<String> withdrawn = new HashSet<>();
    for (ReaderStep step : stream(SETTINGS).steps()) {
      if (step instanceof ReaderStep.ItemIntroduced introduced) {
        assertThat(introduced.attributes()).hasSize(1);
        assertThat(offered.add(introduced.item())).isTrue();
      } else if (step instanceof ReaderStep.ItemWithdrawn gone) {
        assertThat(offered.remove(gone.item())).isTrue();
        withdrawn.add(gone.item());
      } else if (step instanceof ReaderStep.RatingGiven given) {
        assertThat(offered).contains(given.item());
      } else if (step instanceof ReaderStep.TopAsked asked) {
        assertThat(offered).containsAll(asked.relevant());
      }
    }
    assertThat(withdrawn).isNotEmpty();
    assertThat(offered).anyMatch(item -> item.compareTo("i00120") >= 0);
  }

  @Test
  void ownExamplesAreThoseInForceAndTheBestItemsAreAskedForAtChosenNumbersOfRatings() {
    Map<String, Set<String>> inForce = new HashMap<>();
    Map<String, Integer> given = new HashMap<>();
    Map<String, List<Integer>> asked = new HashMap<>();
    for (ReaderStep step : stream(SETTINGS).steps()) {
      if (step instanceof ReaderStep.RatingGiven rating) {
        inForce.computeIfAbsent(rating.user(), u -> new HashSet<>()).add(rating.example());
        given.merge(rating.user(), 1, Integer::sum);
      } else if (step instanceof ReaderStep.RatingRetracted back) {
        assertThat(inForce.getOrDefault(back.user(), Set.of()).remove(back.example())).isTrue();
        assertThat(back.segmentExample()).isPresent();
      } else if (step instanceof ReaderStep.NumberAsked number) {
        assertThat(number.ownExamples())
            .isEqualTo(inForce.getOrDefault(number.user(), Set.of()).size());
      } else if (step instanceof ReaderStep.TopAsked top) {
        asked
            .computeIfAbsent(top.user(), u -> new ArrayList<>())
            .add(given.getOrDefault(top.user(), 0));
      }
    }
    assertThat(asked.values()).allSatisfy(at -> assertThat(at).startsWith(0, 1, 5));
    assertThat(given.values()).allMatch(count -> count >= 10 && count <= 30);
  }

  @Test
  void yardsticksAnswerEveryQuestionAndAreBetterInformedAsEventsCome() {
    ReaderStream stream =
        ReaderStream.of(SOURCE, release.items().orElseThrow(), ReaderStreamSettings.of(100, 1));
    StreamTable table = new StreamTable();

    StreamYardsticks.answer(stream, release, SPLIT.before(), table);

    assertThat(table.rows()).extracting(StreamTable.Row::learner).contains("item-base");
    assertThat(mae(table, "offset-shrinkage", 0)).isEqualTo(mae(table, "item-base", 0));
    assertThat(mae(table, "offset-shrinkage", 10)).isLessThan(mae(table, "item-base", 10));
    assertThat(table.rows())
        .filteredOn(row -> row.figure(Metric.NDCG10).isPresent())
        .extracting(StreamTable.Row::learner)
        .containsOnly("popularity", "recent-popularity");
  }

  private static double mae(StreamTable table, String learner, int from) {
    return table.rows().stream()
        .filter(row -> row.learner().equals(learner) && row.ownExamples().from() == from)
        .flatMap(row -> row.figure(Metric.MAE).stream())
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void refusesToTellOfNobody() {
    ReaderStreamSettings nobody =
        new ReaderStreamSettings(1, 1_000, 30, List.of(0), 20, 4, 0, 0, 0, 1);

    assertThatThrownBy(() -> stream(nobody))
        .isInstanceOf(UnusableRatingsException.class)
        .hasMessageContaining("Cut earlier");
  }

  @Test
  void refusesAReleaseThatKnowsWhatIsToCome() {
    StreamSource earlier =
        new StreamSource(
            TimeSplit.of(SIMULATION.ratings(), CutTime.parse("50%")),
            SIMULATION.attributes(),
            SEGMENTS);

    assertThatThrownBy(() -> ReaderStream.of(earlier, table(), SETTINGS))
        .isInstanceOf(LeakException.class)
        .hasMessageContaining("Cut later");
  }

  @Test
  void theShippedReleaseHasNotSeenWhatItsStreamBrings() {
    StreamSource source = StreamSource.shipped();
    ItemTable shipped = ShippedRelease.READERS.assemble().items().orElseThrow();

    ReaderStream stream = ReaderStream.of(source, shipped, ReaderStreamSettings.of(20, 1));

    assertThat(shipped.scale().asOfSeconds()).isEqualTo(source.split().cutSeconds());
    Set<String> trained = new HashSet<>();
    source.split().before().forEach(rating -> trained.add(rating.item()));
    assertThat(shipped.ids()).containsExactlyInAnyOrderElementsOf(trained);
    assertThat(of(stream, ReaderStep.ItemIntroduced.class)).hasSizeGreaterThan(5);
  }
}

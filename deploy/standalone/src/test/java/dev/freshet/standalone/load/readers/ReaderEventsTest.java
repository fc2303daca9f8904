package dev.freshet.standalone.load.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.schemas.ExampleAdded;
import dev.freshet.schemas.Features.ItemFeatures;
import dev.freshet.schemas.Target.NumberTarget;
import dev.freshet.schemas.TaskEvent;
import dev.freshet.trainer.publish.ShippedRelease;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the stream of a load run is made of. */
class ReaderEventsTest {
  private static final ItemTable TABLE = ShippedRelease.READERS.assemble().items().orElseThrow();

  @Test
  void theSameSeedMakesTheSameEventsAndAnotherMakesOthers() {
    assertThat(some(7)).isEqualTo(some(7)).isNotEqualTo(some(8));
    assertThat(turns(new Crowd(500, 5, 7))).isEqualTo(turns(new Crowd(500, 5, 7)));
    assertThat(turns(new Crowd(500, 5, 7))).isNotEqualTo(turns(new Crowd(500, 5, 8)));
  }

  private static List<TaskEvent> some(long seed) {
    ReaderEvents events = new ReaderEvents("readers", TABLE, ExampleIds.UUIDS, seed);
    List<TaskEvent> made = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      made.add(events.rating("user-" + events.anyOf(10)));
      made.add(events.query("user-1"));
    }
    return made;
  }

  private static List<Integer> turns(Crowd crowd) {
    return IntStream.range(0, crowd.size()).map(crowd::user).boxed().toList();
  }

  @Test
  void everyUserActsAndFewActMuch() {
    int[] counts = new int[10_000];
    turns(new Crowd(counts.length, 5, 1)).forEach(user -> counts[user]++);
    Arrays.sort(counts);

    assertThat(counts[0]).isEqualTo(1);
    assertThat(counts[counts.length / 2]).isBetween(2, 3);
    assertThat(counts[counts.length - 1]).isGreaterThan(100);
    assertThat(Arrays.stream(counts).average().orElseThrow()).isBetween(4.5, 5.7);
  }

  @Test
  void ratingsAreWithinTheScaleAndOfItemsOfTheReleaseSomeMuchMoreOften() {
    ReaderEvents events = new ReaderEvents("readers", TABLE, ExampleIds.NUMBERED, 1);
    Map<String, Integer> rated = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      ExampleAdded rating = events.rating("user-1");
      rated.merge(((ItemFeatures) rating.features()).item(), 1, Integer::sum);
      assertThat(((NumberTarget) rating.target()).value())
          .isBetween(TABLE.scale().valueMin(), TABLE.scale().valueMax());
    }

    assertThat(TABLE.ids()).containsAll(rated.keySet());
    List<Integer> mostFirst = rated.values().stream().sorted((a, b) -> b - a).toList();
    assertThat(mostFirst.get(0)).isGreaterThan(10 * mostFirst.get(mostFirst.size() / 2));
  }

  @Test
  void aQueryTellsItsNumber() {
    ReaderEvents events = new ReaderEvents("readers", TABLE, ExampleIds.NUMBERED, 1);

    assertThat(ReaderEvents.number(events.query("a").query())).isZero();
    assertThat(ReaderEvents.number(events.query("b").query())).isEqualTo(1);
  }

  @Test
  void moreEventsThanFitAreRefused() {
    assertThatThrownBy(
            () ->
                new ReadersLoadSettings(
                    10_000_000, 50, 0.1, 1, 1, 1, 0, ExampleIds.NUMBERED, 1, 1024, 768, Map.of()))
        .hasMessageContaining("more than 100000000 events");
  }
}

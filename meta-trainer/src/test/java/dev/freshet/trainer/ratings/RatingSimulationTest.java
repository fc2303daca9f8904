package dev.freshet.trainer.ratings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RatingSimulationTest {
  private static final RatingSimulation SIMULATION = new RatingSimulation(300, 200, 20, 7);

  @Test
  void theSameSeedGivesTheSameReaders() {
    assertThat(SIMULATION.ratings()).isEqualTo(SIMULATION.ratings());
    assertThat(SIMULATION.withSeed(8).ratings()).isNotEqualTo(SIMULATION.ratings());
  }

  @Test
  void usersAndItemsAreLongTailed() {
    List<Rating> ratings = SIMULATION.ratings().ratings();
    Collection<List<Rating>> users = RatingLog.byUser(ratings).values();
    List<Integer> sizes = users.stream().map(List::size).sorted().toList();
    long[] items =
        ratings.stream()
            .collect(Collectors.groupingBy(Rating::item, Collectors.counting()))
            .values()
            .stream()
            .mapToLong(Long::longValue)
            .sorted()
            .toArray();

    assertThat(sizes.get(sizes.size() / 2)).isLessThan(ratings.size() / sizes.size());
    assertThat(items[items.length - 1]).isGreaterThan(5 * items[items.length / 2]);
  }

  @Test
  void ratingsAreWholeFromOneToFiveAndNobodyRatesTwice() {
    RatingLog log = SIMULATION.ratings();

    assertThat(log.repeated()).isZero();
    assertThat(log.ratings()).allSatisfy(r -> assertThat(r.value()).isIn(1.0, 2.0, 3.0, 4.0, 5.0));
  }

  @Test
  void everyItemHasAGenre() {
    assertThat(SIMULATION.attributes().of("i00000")).hasSize(1);
  }

  /** A user's items are rated by more of their own segment than of another: it is no mere name. */
  @Test
  void usersChooseWhatTheirSegmentChooses() {
    UserSegments segments = SIMULATION.segments();
    List<Rating> ratings = SIMULATION.ratings().ratings();
    Map<List<String>, Long> counts =
        ratings.stream()
            .collect(
                Collectors.groupingBy(
                    r -> List.of(segments.of(r.user()).orElseThrow(), r.item()),
                    Collectors.counting()));
    Map<String, Long> sizes =
        ratings.stream()
            .collect(
                Collectors.groupingBy(
                    r -> segments.of(r.user()).orElseThrow(), Collectors.counting()));

    double own = 0;
    double others = 0;
    for (Rating rating : ratings) {
      for (Map.Entry<String, Long> segment : sizes.entrySet()) {
        boolean isOwn = segment.getKey().equals(segments.of(rating.user()).orElseThrow());
        long count = counts.getOrDefault(List.of(segment.getKey(), rating.item()), 0L);
        double share = (double) (isOwn ? count - 1 : count) / segment.getValue();
        own += isOwn ? share : 0;
        others += isOwn ? 0 : share / (sizes.size() - 1);
      }
    }

    assertThat(segments.byUser()).hasSize(SIMULATION.users());
    assertThat(sizes.keySet()).allMatch(name -> name.matches("segment-[0-4]")).hasSize(5);
    assertThat(own).isGreaterThan(1.1 * others);
  }
}

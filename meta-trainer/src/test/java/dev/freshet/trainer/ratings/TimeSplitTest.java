package dev.freshet.trainer.ratings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.trainer.corpus.LeakException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimeSplitTest {
  private static Rating rating(String user, String item, long seconds) {
    return new Rating(user, item, 3, seconds);
  }

  private static final RatingLog LOG =
      RatingLog.of(
          "log",
          List.of(
              rating("old", "a", 100),
              rating("old", "b", 200),
              rating("old", "c", 300),
              rating("new", "a", 200),
              rating("new", "b", 300)),
          0);

  @Test
  void aRatingOfTheCutsSecondIsAfterIt() {
    TimeSplit split = TimeSplit.of(LOG, CutTime.parse("200"));

    assertThat(split.before()).extracting(Rating::seconds).containsExactly(100L);
    assertThat(split.newUsers(1).keySet()).containsExactly("new");
    assertThat(split.newUsers(3)).isEmpty();
  }

  @Test
  void readsSecondsDatesTimesAndShares() {
    assertThat(CutTime.parse("2013-06-01").seconds(LOG)).isEqualTo(1_370_044_800L);
    assertThat(CutTime.parse("2013-06-01T01:00:00Z").seconds(LOG)).isEqualTo(1_370_048_400L);
    assertThat(CutTime.parse("60%").seconds(LOG)).isEqualTo(300);
    assertThatThrownBy(() -> CutTime.parse("last week")).hasMessageContaining("2013-06-01");
    assertThatThrownBy(() -> CutTime.parse("100%")).hasMessageContaining("below 100");
  }

  @Test
  void refusesACutWithNothingOnOneSide() {
    assertThatThrownBy(() -> TimeSplit.of(LOG, CutTime.parse("100")))
        .hasMessageContaining("both sides");
  }

  @Test
  void refusesAPlantedRatingOfAJudgedUser() {
    List<Rating> planted = new ArrayList<>(TimeSplit.of(LOG, CutTime.parse("200")).before());
    planted.add(rating("new", "z", 150));

    assertThatThrownBy(() -> TimeSplit.requireNoLeak(planted, 200, Set.of("new")))
        .isInstanceOf(LeakException.class)
        .hasMessageContaining("'new'");
  }

  @Test
  void refusesAPlantedRatingFromAfterTheCut() {
    List<Rating> planted = new ArrayList<>(TimeSplit.of(LOG, CutTime.parse("200")).before());
    planted.add(rating("old", "z", 200));

    assertThatThrownBy(() -> TimeSplit.requireNoLeak(planted, 200, Set.of("new")))
        .isInstanceOf(LeakException.class)
        .hasMessageContaining("cut time");
  }

  @Test
  void itemsHeldBackAreThoseOfNobodyBeforeTheCutAndStayAfterIt() {
    RatingSimulation simulation = new RatingSimulation(300, 200, 20, 7);
    TimeSplit whole = TimeSplit.of(simulation.ratings(), CutTime.parse("60%"));

    TimeSplit part = whole.holdingBack(0.2);

    Set<String> left = new HashSet<>(part.before().stream().map(Rating::item).toList());
    Set<String> gone = new HashSet<>(whole.before().stream().map(Rating::item).toList());
    gone.removeAll(left);
    assertThat(gone).hasSizeBetween(20, 60);
    assertThat(part.before()).allMatch(rating -> !gone.contains(rating.item()));
    assertThat(part.after()).isEqualTo(whole.after());
    assertThat(whole.holdingBack(0)).isEqualTo(whole);
    assertThat(whole.holdingBack(0.2)).isEqualTo(part);
    assertThatThrownBy(() -> whole.holdingBack(1)).hasMessageContaining("0 to below 100");
  }
}

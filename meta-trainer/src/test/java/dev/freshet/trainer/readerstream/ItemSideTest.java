package dev.freshet.trainer.readerstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.items.ItemEntry;
import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.items.ItemScale;
import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.trainer.ratings.Rating;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Hand-computed: what the stream's yardsticks know. */
class ItemSideTest {
  private static final long DAY = 86_400;
  private static final long CUT = 100 * DAY;

  private final ItemSide items = new ItemSide(table(), List.of(rated("old", 2), rated("new", 95)));

  private static Rating rated(String item, int day) {
    return new Rating("ann", item, 4, day * DAY);
  }

  /** The mean is 3 and the prior is worth 2 ratings: six ratings of 4 make (6 + 0) / 8 above it. */
  private static ItemTable table() {
    float[] factors = {0, 0};
    return new ItemTable(
        new ItemLayout(1, 1),
        SCALE,
        Map.of(
            "new", new ItemEntry(factors, 0, 1, 4, 0),
            "old", new ItemEntry(factors, 0, 6, 24, 0),
            "odd", new ItemEntry(factors, 0, 0, 0, 0)),
        Map.of(),
        Map.of());
  }

  private static final ItemScale SCALE = new ItemScale(3, 2, 7 * DAY, CUT, 1, 5);

  private List<String> best(long day, boolean recent, String... own) {
    return items.best(
        new ReaderStep.TopAsked("bob", "q1", 2, own.length, Set.of(), day * DAY),
        Set.of(own),
        recent);
  }

  @Test
  void aBaseFollowsTheRatingsAndForgetsThoseTakenBack() {
    assertThat(items.base("old", CUT)).isEqualTo(3.75);
    items.add("odd", 5, CUT);
    assertThat(items.base("odd", CUT)).isCloseTo(3 + 2.0 / 3, within());
    items.retract("odd", 5, CUT);
    assertThat(items.base("odd", CUT)).isEqualTo(3);
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-6);
  }

  @Test
  void theMostRatedAndTheMostRatedOfSevenDaysAreNotTheSame() {
    assertThat(best(100, false)).containsExactly("old", "new");
    assertThat(best(100, true)).containsExactly("new", "old");
    assertThat(best(110, true)).containsExactly("old", "new");
  }

  @Test
  void whatTheUserHasAndWhatIsWithdrawnIsNotShown() {
    items.withdraw("old");
    items.introduce(new ReaderStep.ItemIntroduced("yet", List.of(), CUT));
    items.add("yet", 3, CUT);
    items.add("yet", 3, CUT + DAY);

    assertThat(best(101, false, "new")).containsExactly("yet", "odd");
  }

  @Test
  void anOffsetIsTheShrunkenMeanOfWhatIsInForce() {
    Offsets offsets = new Offsets(2);
    offsets.add(new ReaderStep.RatingGiven("bob", "e1", "old", 5, CUT), 3.5);
    offsets.add(new ReaderStep.RatingGiven("bob", "e2", "new", 5, CUT), 2.5);

    assertThat(offsets.of("bob")).isEqualTo(1.0);
    assertThat(offsets.remove("bob", "e1").item()).isEqualTo("old");
    assertThat(offsets.of("bob")).isCloseTo(2.5 / 3, within());
    assertThat(offsets.items("bob")).containsExactly("new");
    assertThat(offsets.of("ann")).isZero();
    assertThatThrownBy(() -> offsets.remove("bob", "e1")).hasMessageContaining("not in force");
  }
}

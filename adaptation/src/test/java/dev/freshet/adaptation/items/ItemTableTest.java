package dev.freshet.adaptation.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemTableTest {
  private static final long NOON = 1_700_000_000L;
  private static final long DAY = 86_400;
  private static final ItemLayout LAYOUT = new ItemLayout(2, 1);
  private static final ItemScale SCALE = new ItemScale(3.5, 2, 7 * DAY, NOON, 0.5, 5);

  private static ItemTable table() {
    return new ItemTable(
        LAYOUT,
        SCALE,
        Map.of(
            "jaws", new ItemEntry(new float[] {1, 2, 3}, 0.5, 2, 9, 1),
            "alien", new ItemEntry(new float[] {4, 5, 6}, 0, 0, 0, 0)),
        Map.of("jaws", List.of("genre:Horror", "decade:1970", "genre:Horror")),
        Map.of(
            "genre:Drama", new ItemEntry(new float[] {0.5f, 0, 1}, -0.25, 0, 0, 0),
            "decade:1970", new ItemEntry(new float[] {0.25f, 1, 0}, 0.5, 0, 0, 0)));
  }

  @Test
  void aFileHoldsWhatTheTableHolds() {
    byte[] bytes = ItemTableBytes.write(table());

    assertThat(ItemTableBytes.read(bytes)).isEqualTo(table());
    assertThat(ItemTableBytes.write(ItemTableBytes.read(bytes))).isEqualTo(bytes);
  }

  @Test
  void namesOfAttributesAreSortedAndDistinctAndOutliveAFile() {
    ItemTable read = ItemTableBytes.read(ItemTableBytes.write(table()));

    assertThat(read.attributesOf("jaws")).containsExactly("decade:1970", "genre:Horror");
    assertThat(read.attributesOf("alien")).isEmpty();
    assertThat(read.attributesOf("unheard")).isEmpty();
  }

  @Test
  void refusesAttributesOfAnItemThatIsNotThere() {
    assertThatThrownBy(
            () -> new ItemTable(LAYOUT, SCALE, Map.of(), Map.of("jaws", List.of("a")), Map.of()))
        .hasMessageContaining("jaws");
  }

  @Test
  void refusesAScaleWhoseValuesAreTurnedAround() {
    assertThatThrownBy(() -> new ItemScale(3.5, 2, DAY, NOON, 5, 0.5))
        .hasMessageContaining("from 5.0 to 0.5");
  }

  @Test
  void refusesAFileThatIsCutShortOrContinued() {
    byte[] bytes = ItemTableBytes.write(table());

    for (int length : new int[] {0, 5, 20, bytes.length - 1}) {
      assertThatThrownBy(() -> ItemTableBytes.read(Arrays.copyOf(bytes, length)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> ItemTableBytes.read(Arrays.copyOf(bytes, bytes.length + 1)))
        .hasMessageContaining("behind its end");
  }

  @Test
  void refusesAnEntryOfAnotherWidth() {
    assertThatThrownBy(
            () ->
                new ItemTable(
                    LAYOUT,
                    SCALE,
                    Map.of("jaws", new ItemEntry(new float[] {1}, 0, 0, 0, 0)),
                    Map.of(),
                    Map.of()))
        .hasMessageContaining("jaws")
        .hasMessageContaining("1 factors");
  }

  /** (2 ratings of 4.5 on average, a prior of 3.5 + 0.5 worth two) gives 4.25. */
  @Test
  void aRowHoldsFactorsAndStatistics() {
    float[] row = new ItemStatistics(table()).row("jaws", NOON);

    assertThat(row)
        .containsExactly(
            new float[] {1, 2, 3, 4.25f, (float) Math.log(3), (float) Math.log(2)}, within(1e-6f));
  }

  @Test
  void statisticsFollowTheEvents() {
    ItemStatistics statistics = new ItemStatistics(table());

    statistics.add("jaws", 5, NOON + 7 * DAY);
    float[] row = statistics.row("jaws", NOON + 14 * DAY);

    assertThat(row[LAYOUT.base()]).isEqualTo((3.5f * 2 + 1 + 9 + 5) / 5);
    assertThat(row[LAYOUT.count()]).isCloseTo((float) Math.log(4), within(1e-6f));
    assertThat(row[LAYOUT.recent()]).isCloseTo((float) Math.log1p(0.75), within(1e-6f));
  }

  @Test
  void aRetractedRatingLeavesTheStatistics() {
    ItemStatistics touched = new ItemStatistics(table());
    ItemStatistics untouched = new ItemStatistics(table());

    touched.add("jaws", 1, NOON + DAY);
    touched.retract("jaws", 1, NOON + DAY);

    float[] after = touched.row("jaws", NOON + 2 * DAY);
    float[] never = untouched.row("jaws", NOON + 2 * DAY);
    assertThat(after[LAYOUT.base()]).isEqualTo(never[LAYOUT.base()]);
    assertThat(after[LAYOUT.count()]).isEqualTo(never[LAYOUT.count()]);
    assertThat(after[LAYOUT.recent()]).isCloseTo(never[LAYOUT.recent()], within(1e-6f));
  }

  @Test
  void aNewItemBeginsWithWhatItsAttributesSay() {
    ItemStatistics statistics = new ItemStatistics(table());

    statistics.introduce("serpico", List.of("genre:Drama", "decade:1970", "genre:Unheard"));

    assertThat(statistics.row("serpico", NOON))
        .containsExactly(new float[] {0.75f, 1, 1, 3.75f, 0, 0}, within(1e-6f));
  }

  @Test
  void anItemNobodyHasSpokenOfHasTheMeanAndNoTaste() {
    assertThat(new ItemStatistics(table()).row("unheard", NOON))
        .containsExactly(new float[] {0, 0, 0, 3.5f, 0, 0}, within(0f));
  }

  @Test
  void anIntroductionDoesNotForgetWhatWasRated() {
    ItemStatistics statistics = new ItemStatistics(table());

    statistics.introduce("jaws", List.of("genre:Drama"));

    assertThat(statistics.count("jaws")).isEqualTo(2);
  }
}

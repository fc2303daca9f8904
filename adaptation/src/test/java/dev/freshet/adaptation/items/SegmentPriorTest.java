package dev.freshet.adaptation.items;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.adaptation.items.SegmentPrior.Example;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentPriorTest {
  private static final SegmentPrior PRIOR = new SegmentPrior(2, 2, 1);

  private static Example rated(String item, double value) {
    return new Example(item, value);
  }

  @Test
  void takesTheMostFrequentItemsWithTheirMeans() {
    List<Example> segment =
        List.of(
            rated("jaws", 5),
            rated("heat", 2),
            rated("jaws", 2),
            rated("heat", 3),
            rated("jaws", 2));

    assertThat(PRIOR.rows(segment)).containsExactly(rated("jaws", 3), rated("heat", 2.5));
  }

  @Test
  void oneExampleOfAnItemSaysTooLittle() {
    assertThat(PRIOR.rows(List.of(rated("jaws", 5), rated("heat", 2)))).isEmpty();
    assertThat(PRIOR.rows(List.of())).isEmpty();
  }

  @Test
  void ofEquallyFrequentItemsTheLatestComesFirst() {
    List<Example> segment =
        List.of(
            rated("a", 1),
            rated("b", 1),
            rated("c", 1),
            rated("c", 1),
            rated("a", 1),
            rated("b", 1));

    assertThat(PRIOR.rows(segment)).extracting(Example::item).containsExactly("b", "a");
  }

  /** Sums of whole numbers are exact, so that only the ties depend on the order. */
  @Test
  void withoutTiesTheOrderOfWholeNumbersDoesNotMatter() {
    List<Example> segment = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      segment.add(rated(i % 6 < 3 ? "a" : i % 6 < 5 ? "b" : "c", i % 5 + 1));
    }
    List<Example> reversed = new ArrayList<>(segment);
    Collections.reverse(reversed);

    assertThat(PRIOR.rows(reversed)).isEqualTo(PRIOR.rows(segment)).hasSize(2);
  }

  @Test
  void ownExamplesDisplaceTheLeastFrequentRows() {
    List<Example> rows = List.of(rated("jaws", 3), rated("heat", 2.5));

    assertThat(PRIOR.beside(rows, 0)).isEqualTo(rows);
    assertThat(PRIOR.beside(rows, 1)).containsExactly(rated("jaws", 3));
    assertThat(PRIOR.beside(rows, 2)).isEmpty();
    assertThat(PRIOR.beside(rows, Integer.MAX_VALUE)).isEmpty();
    assertThat(PRIOR.beside(List.of(), 0)).isEmpty();
  }

  @Test
  void refusesWhatIsNoPrior() {
    assertThatThrownBy(() -> new SegmentPrior(10, 0, 1)).hasMessageContaining("expected 0, 1");
    assertThatThrownBy(() -> rated("jaws", Double.NaN)).hasMessageContaining("NaN");
  }
}

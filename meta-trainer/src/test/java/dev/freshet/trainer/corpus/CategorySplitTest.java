package dev.freshet.trainer.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CategorySplitTest {
  private final Corpus corpus = corpus("letters", 10);

  @Test
  void theSeedDecidesAndBothSidesKeepTheOrder() {
    CategorySplit split = CategorySplit.of(corpus, 3, 7);
    assertThat(split).isEqualTo(CategorySplit.of(corpus, 3, 7));
    assertThat(split).isNotEqualTo(CategorySplit.of(corpus, 3, 8));
    assertThat(split.demo().categories()).hasSize(3).isSortedAccordingTo(byId());
    assertThat(split.train().categories()).hasSize(7).isSortedAccordingTo(byId());
  }

  @Test
  void aSideCannotBeEmpty() {
    assertThatThrownBy(() -> CategorySplit.of(corpus, 10, 7)).hasMessageContaining("1 to 9");
    assertThatThrownBy(() -> CategorySplit.of(corpus, 0, 7)).hasMessageContaining("1 to 9");
  }

  @Test
  void whatIsOnBothSidesIsRefused() {
    assertThatThrownBy(() -> new CategorySplit(corpus, corpus("other", 1)))
        .hasMessageContaining("on both sides");
  }

  @Test
  void aCorpusHoldsEveryIdAndTextOnce() {
    Category one = new Category("a", "a", Optional.empty(), List.of("t"));
    Category sameText = new Category("b", "b", Optional.empty(), List.of("t"));
    assertThatThrownBy(() -> new Corpus("c", List.of(one, one), Skipped.NOTHING))
        .hasMessageContaining("two categories with the id 'a'");
    assertThatThrownBy(() -> new Corpus("c", List.of(one, sameText), Skipped.NOTHING))
        .hasMessageContaining("second time in category 'b'");
  }

  private static Comparator<Category> byId() {
    return Comparator.comparing(Category::id);
  }

  private static Corpus corpus(String name, int categories) {
    List<Category> all =
        IntStream.range(0, categories)
            .mapToObj(i -> new Category("c" + i, "c", Optional.empty(), List.of("text " + i)))
            .toList();
    return new Corpus(name, all, Skipped.NOTHING);
  }
}

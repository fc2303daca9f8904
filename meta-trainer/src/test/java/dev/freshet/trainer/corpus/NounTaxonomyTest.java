package dev.freshet.trainer.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NounTaxonomyTest {

  /** Sense 1 has seven kinds, 2 has three, 3 has two. */
  @Test
  void takesTheBroadestSensesThatAreNotTooBroad() {
    NounTaxonomy nouns =
        taxonomy(
            noun(1, 2, 3),
            noun(2, 4, 5, 6),
            noun(3, 7, 8),
            noun(4),
            noun(5),
            noun(6),
            noun(7),
            noun(8));
    assertThat(offsets(nouns.uppermostWithKinds(2, 3))).containsExactly(2L, 3L);
    assertThat(offsets(nouns.uppermostWithKinds(3, 3))).containsExactly(2L);
    assertThat(offsets(nouns.uppermostWithKinds(2, 7))).containsExactly(1L);
  }

  /** Sense 3 is reached from the root and as a kind of 2; it must not stand beside 2. */
  @Test
  void noCategoryIsAKindOfAnother() {
    NounTaxonomy nouns =
        taxonomy(
            noun(1, 2, 3, 9), noun(2, 3, 4), noun(3, 5, 6), noun(4), noun(5), noun(6), noun(9));
    assertThat(offsets(nouns.uppermostWithKinds(2, 4))).containsExactly(2L);
  }

  @Test
  void aKindReachedOnTwoWaysIsCountedOnce() {
    NounTaxonomy nouns = taxonomy(noun(1, 3, 2), noun(2, 4), noun(3, 4), noun(4));
    assertThat(offsets(nouns.kindsOf(noun(1, 3, 2)))).containsExactly(2L, 3L, 4L);
  }

  @Test
  void aPointerToNowhereIsReported() {
    NounTaxonomy nouns = taxonomy(noun(1, 2));
    assertThatThrownBy(() -> nouns.uppermostWithKinds(1, 9))
        .isInstanceOf(UnusableCorpusException.class)
        .hasMessageContaining("noun at 2");
  }

  @Test
  void definitionsCarryNoQuotedExamples() {
    assertThat(NounTaxonomy.definition("a thing; of sorts; \"it was full of things\""))
        .isEqualTo("a thing; of sorts");
    assertThat(NounTaxonomy.definition(" plain ")).isEqualTo("plain");
  }

  static NounTaxonomy taxonomy(NounSynset... synsets) {
    Map<Long, NounSynset> byOffset = new HashMap<>();
    Arrays.stream(synsets).forEach(synset -> byOffset.put(synset.offset(), synset));
    return new NounTaxonomy(byOffset);
  }

  static NounSynset noun(long offset, long... hyponyms) {
    return new NounSynset(
        offset, "noun " + offset, "a noun", Arrays.stream(hyponyms).boxed().toList());
  }

  private static List<Long> offsets(List<NounSynset> synsets) {
    return synsets.stream().map(NounSynset::offset).toList();
  }
}

package dev.freshet.trainer.corpus;

import static dev.freshet.trainer.corpus.NounTaxonomyTest.noun;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WordNetCorpusTest {
  private static Corpus corpus;
  private static CategorySplit split;

  @BeforeAll
  static void load() {
    corpus = WordNetCorpus.load();
    split = WordNetCorpus.split(corpus);
  }

  @Test
  void aTextIsALemmaAndItsDefinition() {
    Category carnivores =
        corpus.categories().stream()
            .filter(c -> c.name().equals("carnivore"))
            .findFirst()
            .orElseThrow();
    assertThat(carnivores.texts()).contains("toy poodle: the breed of very small poodles");
  }

  @Test
  void thereAreManyCategoriesOfTheSizeAskedFor() {
    assertThat(corpus.categories()).hasSizeGreaterThan(200);
    assertThat(corpus.categories()).allSatisfy(c -> assertThat(c.texts()).hasSizeBetween(40, 400));
    assertThat(corpus.categories()).allSatisfy(c -> assertThat(c.description()).isPresent());
  }

  @Test
  void loadingAgainGivesTheSame() {
    assertThat(WordNetCorpus.loadSplit()).isEqualTo(split);
  }

  @Test
  void trainAndDemoShareNoCategoryAndNoText() {
    Set<String> trained = new HashSet<>();
    split.train().categories().forEach(category -> trained.addAll(category.texts()));
    split.train().categories().forEach(category -> trained.add(category.id()));
    for (Category shown : split.demo().categories()) {
      assertThat(trained).doesNotContain(shown.id()).doesNotContainAnyElementsOf(shown.texts());
    }
    assertThat(split.train().categories().size() + split.demo().categories().size())
        .isEqualTo(corpus.categories().size());
  }

  /** What a shipped release has not seen must stay on this side for good. */
  @Test
  void theShippedSplitHasNotMoved() {
    assertThat(split.demo().categories())
        .hasSize(91)
        .extracting(Category::name)
        .contains("carnivore", "fabric", "furnishing", "wheeled vehicle", "vine", "calendar day");
  }

  @Test
  void wordsForPeopleAreLeftOut() {
    assertThat(corpus.categories())
        .extracting(Category::name)
        .doesNotContain("person", "leader", "expert", "unwelcome person");
  }

  /** Sense 6 is a kind of both categories. */
  @Test
  void whatIsAKindOfTwoCategoriesIsInNeither() {
    Corpus small = WordNetCorpus.of(overlapping(), 2, 3);
    assertThat(small.categories()).extracting(Category::id).containsExactly("noun-2-2", "noun-3-3");
    assertThat(small.categories().get(0).texts())
        .isEqualTo(List.of("noun 4: a noun", "noun 5: a noun"));
    assertThat(small.skipped().ambiguousTexts()).isEqualTo(2);
  }

  /** Senses 2 and 3 have two kinds of their own each: of two equals the first goes. */
  @Test
  void aCategoryWithTooFewKindsOfItsOwnLeavesThemToTheOthers() {
    Corpus small = WordNetCorpus.of(overlapping(), 3, 3);
    assertThat(small.categories()).extracting(Category::id).containsExactly("noun-3-3");
    assertThat(small.texts()).isEqualTo(3);
    assertThat(small.skipped()).isEqualTo(Skipped.NOTHING);
  }

  private static NounTaxonomy overlapping() {
    return NounTaxonomyTest.taxonomy(
        noun(1, 2, 3),
        noun(2, 4, 5, 6),
        noun(3, 6, 7, 8),
        noun(4),
        noun(5),
        noun(6),
        noun(7),
        noun(8));
  }
}

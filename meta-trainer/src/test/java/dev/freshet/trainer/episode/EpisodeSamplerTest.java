package dev.freshet.trainer.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.schemas.Label;
import dev.freshet.trainer.corpus.Category;
import dev.freshet.trainer.corpus.Corpus;
import dev.freshet.trainer.corpus.LeakException;
import dev.freshet.trainer.corpus.Skipped;
import dev.freshet.trainer.corpus.UnusableCorpusException;
import dev.freshet.trainer.toy.ToyCorpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EpisodeSamplerTest {
  private final Corpus corpus = ToyCorpus.of(12, 40);
  private final EpisodeSampler sampler = new EpisodeSampler(corpus, List.of(), 5);

  @Test
  void anEpisodeIsAPureFunctionOfSeedAndNumber() {
    Episode episode = sampler.draw(Ways.of(5), 3, 8);
    assertThat(new EpisodeSampler(corpus, List.of(), 5).draw(Ways.of(5), 3, 8)).isEqualTo(episode);
    assertThat(sampler.draw(Ways.of(5), 3, 9)).isNotEqualTo(episode);
    assertThat(new EpisodeSampler(corpus, List.of(), 6).draw(Ways.of(5), 3, 8))
        .isNotEqualTo(episode);
  }

  @Test
  void everyTextBelongsToItsLabelAndNoExampleIsAskedAbout() {
    for (int number = 0; number < 20; number++) {
      Episode episode = sampler.draw(Ways.of(5), 10, number);
      List<String> ids = episode.labels().stream().map(Label::id).toList();
      assertThat(ids).hasSize(5).doesNotHaveDuplicates();
      List<String> examples = new ArrayList<>();
      for (int way = 0; way < 5; way++) {
        assertThat(episode.examples().get(way)).hasSize(10).doesNotHaveDuplicates();
        for (String text : episode.examples().get(way)) {
          assertThat(ToyCorpus.labelOf(text)).isEqualTo(ids.get(way));
          examples.add(text);
        }
      }
      assertThat(episode.queries()).hasSize(5 * EpisodeSampler.QUERIES_PER_LABEL);
      for (Episode.Query query : episode.queries()) {
        assertThat(ToyCorpus.labelOf(query.text())).isEqualTo(ids.get(query.way()));
        assertThat(examples).doesNotContain(query.text());
      }
    }
  }

  @Test
  void moreShotsKeepTheExamplesOfFewer() {
    Episode few = sampler.draw(Ways.of(5), 1, 2);
    Episode many = sampler.draw(Ways.of(5), 5, 2);
    assertThat(many.labels()).isEqualTo(few.labels());
    for (int way = 0; way < 5; way++) {
      assertThat(many.examples().get(way)).startsWith(few.examples().get(way).get(0));
    }
  }

  @Test
  void allWaysAskAboutTheRestOfEveryLabelWithTwentyTexts() {
    List<Category> categories = new ArrayList<>(corpus.categories());
    categories.add(ToyCorpus.category("twenty", 20));
    categories.add(ToyCorpus.category("nineteen", 19));
    Corpus uneven = new Corpus("uneven", categories, Skipped.NOTHING);
    Episode episode = new EpisodeSampler(uneven, List.of(), 5).draw(Ways.ALL, 20, 0);
    assertThat(episode.labels()).hasSize(13).extracting(Label::id).doesNotContain("nineteen");
    assertThat(episode.queries()).hasSize(12 * 20);
  }

  @Test
  void allWaysAskAtMostFiveThousandQuestionsOfAllLabels() {
    Episode episode = new EpisodeSampler(ToyCorpus.of(30, 200), List.of(), 5).draw(Ways.ALL, 1, 0);
    assertThat(episode.queries()).hasSize(5_000);
    assertThat(episode.queries().stream().map(Episode.Query::way).distinct()).hasSize(30);
  }

  @Test
  void noShotsLeaveTheNames() {
    Episode episode = sampler.draw(Ways.of(3), 0, 0);
    assertThat(episode.examples()).allMatch(List::isEmpty);
    assertThat(episode.texts()).contains(episode.labels().get(0).text());
  }

  @Test
  void aPlantedClassIsRefused() {
    Corpus training =
        new Corpus(
            "training",
            List.of(new Category("K3", "anything", Optional.empty(), List.of("unheard of"))),
            Skipped.NOTHING);
    assertThatThrownBy(() -> new EpisodeSampler(corpus, List.of(training), 5))
        .isInstanceOf(LeakException.class)
        .hasMessageContaining("Category 'k3' of corpus 'toy'")
        .hasMessageContaining("corpus 'training' was trained on");
  }

  @Test
  void aPlantedTextIsRefusedEvenInOtherCapitals() {
    String planted = "  " + corpus.categories().get(4).texts().get(9).toUpperCase(Locale.ROOT);
    Corpus training =
        new Corpus(
            "training",
            List.of(new Category("seen", "seen", Optional.empty(), List.of("fine", planted))),
            Skipped.NOTHING);
    assertThatThrownBy(() -> new EpisodeSampler(corpus, List.of(training), 5))
        .isInstanceOf(LeakException.class)
        .hasMessageContaining("A text of category 'k4' of corpus 'toy'")
        .hasMessageContaining("trained on in category 'seen' of corpus 'training'")
        .hasMessageContaining("text 9 of k4");
  }

  @Test
  void aCorpusWithTooFewLabelsIsRefused() {
    assertThatThrownBy(() -> sampler.draw(Ways.of(13), 1, 0))
        .isInstanceOf(UnusableCorpusException.class)
        .hasMessageContaining("has 12 labels with at least 20 texts, expected at least 13");
    assertThatThrownBy(() -> sampler.draw(Ways.ALL, 41, 0))
        .isInstanceOf(UnusableCorpusException.class)
        .hasMessageContaining("0 labels with at least 41 texts");
  }

  @Test
  void waysAreANumberOrAll() {
    assertThat(Ways.parse("all")).isEqualTo(Ways.ALL).hasToString("all");
    assertThat(Ways.parse("5")).isEqualTo(Ways.of(5)).hasToString("5");
    assertThatThrownBy(() -> Ways.parse("every")).hasMessageContaining("a number or 'all'");
    assertThatThrownBy(() -> Ways.of(1)).hasMessageContaining("expected 2 to");
  }
}

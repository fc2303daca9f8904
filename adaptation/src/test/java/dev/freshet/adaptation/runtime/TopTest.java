package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.items.Catalogue;
import dev.freshet.adaptation.items.ItemChange;
import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.learner.Learner;
import dev.freshet.adaptation.learner.Learners;
import dev.freshet.adaptation.learner.scoring.ScoringLearners;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TopTest {
  private static final ItemLayout LAYOUT = new ItemLayout(8, 16);
  private static final int ITEMS = 2500;

  private record Fixture(LoadedRelease release, Adapter adapter, Catalogue catalogue) {
    AdaptedTask adapt(SupportSet support) {
      return adapter.adapt(release, List.of(support)).get(0);
    }

    List<RankedItem> top(String head, Catalogue from, TopQuery query) {
      return adapter.top(release, head, from, List.of(query)).get(0);
    }

    /** Of every item, as any other question is answered. */
    float[] predicted(AdaptedTask task, String head, Catalogue from) {
      List<PredictQuery> queries = new ArrayList<>();
      for (int position = 0; position < from.size(); position++) {
        queries.add(new PredictQuery(task, head, from.row(from.id(position))));
      }
      List<float[]> answers = adapter.predict(release, queries);
      float[] scores = new float[answers.size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = answers.get(i)[0];
      }
      return scores;
    }
  }

  private static void with(Learner learner, int items, Consumer<Fixture> test) {
    Catalogue catalogue = Catalogue.of(new Readers(LAYOUT, 1).table(items));
    for (ReleaseLoader loader : DeviceUnderTest.loaders()) {
      try (LoadedRelease release = loader.load(Releases.of("top", learner));
          Adapter adapter = new Adapter()) {
        test.accept(new Fixture(release, adapter, catalogue));
      }
    }
  }

  private static Learner learner(ScoringLearners rating) {
    return new Readers(LAYOUT, 2).learner(rating, 40);
  }

  private static List<Integer> sorted(float[] scores, IntPredicate wanted) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      if (wanted.test(i)) {
        positions.add(i);
      }
    }
    positions.sort(
        Comparator.comparing((Integer i) -> -scores[i]).thenComparing(Comparator.naturalOrder()));
    return positions;
  }

  @ParameterizedTest
  @EnumSource
  void isWhatSortingAllScoresGives(ScoringLearners rating) {
    with(
        learner(rating),
        ITEMS,
        fixture -> {
          AdaptedTask task = fixture.adapt(new Readers(LAYOUT, 3).user(7));
          for (String head : List.of("rating", "rank")) {
            float[] scores = fixture.predicted(task, head, fixture.catalogue());
            List<RankedItem> top =
                fixture.top(head, fixture.catalogue(), TopQuery.all(task, ITEMS));
            assertThat(top).hasSize(ITEMS);
            List<Integer> expected = sorted(scores, position -> true);
            for (int i = 0; i < ITEMS; i++) {
              RankedItem item = top.get(i);
              assertThat(item.score()).isCloseTo(scores[item.position()], within(1e-4f));
              assertThat(item.score()).isCloseTo(scores[expected.get(i)], within(1e-4f));
            }
            assertThat(fixture.top(head, fixture.catalogue(), TopQuery.all(task, 10)))
                .isEqualTo(top.subList(0, 10));
          }
        });
  }

  /** It is what makes an answer of milliseconds; who does not share copies rows for each task. */
  @ParameterizedTest
  @EnumSource
  void ourLearnersShareTheRows(ScoringLearners rating) {
    with(
        learner(rating),
        10,
        fixture -> {
          assertThat(fixture.release().sharedQueries("rank")).isPresent();
          assertThat(fixture.release().sharedQueries("rating")).isPresent();
        });
  }

  @Test
  void aGraphThatCannotShareTheRowsIsAnsweredWithCopies() {
    with(
        new BiasLearner(LAYOUT.features(), 0.01f),
        ITEMS,
        fixture -> {
          assertThat(fixture.release().sharedQueries("rank")).isEmpty();
          assertThat(fixture.release().sharedQueries("rating")).isPresent();
          AdaptedTask task = fixture.adapt(new Readers(LAYOUT, 3).user(7));
          for (String head : List.of("rating", "rank")) {
            float[] scores = fixture.predicted(task, head, fixture.catalogue());
            for (RankedItem item : fixture.top(head, fixture.catalogue(), TopQuery.all(task, 20))) {
              assertThat(item.score()).isEqualTo(scores[item.position()]);
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void aloneAndAmongOthersTheBitsAreTheSame(ScoringLearners rating) {
    with(
        learner(rating),
        ITEMS,
        fixture -> {
          Readers readers = new Readers(LAYOUT, 4);
          Random random = new Random(5);
          List<TopQuery> queries = new ArrayList<>();
          for (int user = 0; user < 41; user++) {
            AdaptedTask task = fixture.adapt(readers.user(random.nextInt(30)));
            queries.add(TopQuery.all(task, 1 + random.nextInt(30)));
          }
          // Somebody may ask twice.
          queries.add(new TopQuery(queries.get(3).task(), 5, position -> position % 2 == 0));
          for (String head : List.of("rating", "rank")) {
            List<List<RankedItem>> alone = new ArrayList<>();
            for (TopQuery query : queries) {
              alone.add(fixture.top(head, fixture.catalogue(), query));
            }
            for (int round = 0; round < 3; round++) {
              List<Integer> order = new ArrayList<>();
              for (int i = 0; i < queries.size(); i++) {
                order.add(i);
              }
              Collections.shuffle(order, random);
              List<Integer> some =
                  order.subList(0, round == 0 ? order.size() : 1 + random.nextInt(40));
              List<List<RankedItem>> together =
                  fixture
                      .adapter()
                      .top(
                          fixture.release(),
                          head,
                          fixture.catalogue(),
                          some.stream().map(queries::get).toList());
              for (int i = 0; i < some.size(); i++) {
                assertThat(together.get(i)).isEqualTo(alone.get(some.get(i)));
              }
            }
          }
        });
  }

  @Test
  void whatIsExcludedOrWithdrawnNeverComes() {
    with(
        learner(ScoringLearners.RIDGE),
        ITEMS,
        fixture -> {
          AdaptedTask task = fixture.adapt(new Readers(LAYOUT, 3).user(7));
          List<RankedItem> all = fixture.top("rank", fixture.catalogue(), TopQuery.all(task, 9));
          String best = fixture.catalogue().id(all.get(0).position());
          int second = all.get(1).position();

          Catalogue without =
              fixture
                  .catalogue()
                  .with(
                      List.of(new ItemChange(best, List.of(), false, false, 0, 0, 0, Readers.NOON)),
                      Readers.NOON);

          assertThat(
                  fixture.top(
                      "rank", without, new TopQuery(task, 7, position -> position == second)))
              .isEqualTo(all.subList(2, 9));
        });
  }

  /** Rows go from version to version in place, there and back again, and as the catalogue grows. */
  @Test
  void everyVersionOfACatalogueIsAnsweredWithItsOwnRows() {
    with(
        learner(ScoringLearners.RIDGE),
        1000,
        fixture -> {
          Random random = new Random(6);
          AdaptedTask task = fixture.adapt(new Readers(LAYOUT, 3).user(7));
          List<Catalogue> versions = new ArrayList<>(List.of(fixture.catalogue()));
          for (int i = 1; i < 30; i++) {
            List<ItemChange> changes = new ArrayList<>();
            for (int j = random.nextInt(20); j > 0; j--) {
              long count = random.nextInt(50);
              String id = String.format("item-%07d", random.nextInt(1300));
              changes.add(
                  new ItemChange(
                      id, List.of(), false, true, count, 5 * count, count, Readers.NOON));
            }
            versions.add(versions.get(i - 1).with(changes, Readers.NOON + i * 100L));
          }
          for (int i = 0; i < 60; i++) {
            Catalogue version = versions.get(random.nextInt(versions.size()));
            TopQuery query = TopQuery.all(task, 50);
            List<RankedItem> top = fixture.top("rank", version, query);
            try (Adapter fresh = new Adapter()) {
              assertThat(top)
                  .isEqualTo(fresh.top(fixture.release(), "rank", version, List.of(query)).get(0));
            }
          }
        });
  }

  /** A product's rows are computed in fours: neither the place nor the number may matter. */
  @Test
  void anItemsBitsDoNotDependOnTheCatalogueAroundIt() {
    with(
        learner(ScoringLearners.SET_ENCODER),
        1000,
        fixture -> {
          AdaptedTask task = fixture.adapt(new Readers(LAYOUT, 3).user(7));
          Catalogue large = Catalogue.of(new Readers(LAYOUT, 1).table(2999));
          for (String head : List.of("rating", "rank")) {
            float[] few = scores(fixture.top(head, fixture.catalogue(), TopQuery.all(task, 1000)));
            float[] many = scores(fixture.top(head, large, TopQuery.all(task, 2999)));
            for (int position = 0; position < few.length; position++) {
              assertThat(many[position]).isEqualTo(few[position]);
            }
          }
        });
  }

  private static float[] scores(List<RankedItem> items) {
    float[] scores = new float[items.size()];
    items.forEach(item -> scores[item.position()] = item.score());
    return scores;
  }

  @Test
  void ofEqualScoresTheLowerPositionComesFirst() {
    TopSelection selection = new TopSelection(4, position -> position == 2);
    selection.offer(new float[] {1, 3, 9, 2, 3}, 5, 0);
    selection.offer(new float[] {3, 0, -0f, 3, 2.5f}, 5, 5);

    assertThat(selection.best()).extracting(RankedItem::position).containsExactly(1, 4, 5, 8);
  }

  @ParameterizedTest
  @CsvSource({"1, 7", "10, 300", "64, 64", "200, 50"})
  void aSelectionIsTheBeginningOfTheSorted(int k, int count) {
    Random random = new Random(k);
    for (int round = 0; round < 50; round++) {
      float[] scores = new float[count];
      for (int i = 0; i < count; i++) {
        scores[i] = random.nextInt(20) - 10;
      }
      TopSelection selection = new TopSelection(k, position -> position % 5 == 0);
      for (int from = 0; from < count; from += 16) {
        int length = Math.min(16, count - from);
        float[] part = new float[16];
        System.arraycopy(scores, from, part, 0, length);
        selection.offer(part, length, from);
      }
      List<Integer> expected = sorted(scores, position -> position % 5 > 0);
      assertThat(selection.best())
          .extracting(RankedItem::position)
          .isEqualTo(expected.subList(0, Math.min(k, expected.size())));
    }
  }

  /** As {@link Adapter#predict} has it. */
  @Test
  void zeroStandsInForAScoreThatIsNone() {
    TopSelection selection = new TopSelection(3, position -> false);
    float infinity = Float.POSITIVE_INFINITY;
    selection.offer(new float[] {-1, -2, Float.NaN, -3, infinity, -infinity, 5}, 7, 0);

    assertThat(selection.undecided()).isTrue();
    assertThat(selection.best())
        .containsExactly(new RankedItem(6, 5), new RankedItem(2, 0), new RankedItem(4, 0));
  }

  @Test
  void aTaskThatDivergedIsAnsweredWithTheFirstItemsAndZero() {
    with(
        Learners.MAML.create(LAYOUT.features(), Map.of("numbers", 1.0, "hidden1", 8.0)),
        3,
        fixture -> {
          SupportSet.Builder support = SupportSet.builder(LAYOUT.features(), 1);
          for (float size : new float[] {0x1p50f, -0x1p49f, 0x1p48f}) {
            float[] large = new float[LAYOUT.features()];
            Arrays.fill(large, size);
            support.scored(-size, large);
          }
          AdaptedTask task = fixture.adapt(support.build());
          assertThat(task.diverged()).isTrue();

          assertThat(fixture.top("score", fixture.catalogue(), TopQuery.all(task, 2)))
              .containsExactly(new RankedItem(0, 0), new RankedItem(1, 0));
          assertThat(fixture.adapter().undecidedAnswers()).isEqualTo(1);
        });
  }

  @Test
  void fewerItemsThanWantedAreAll() {
    with(
        learner(ScoringLearners.RIDGE),
        3,
        fixture -> {
          AdaptedTask task = fixture.adapt(new Readers(LAYOUT, 3).user(2));
          assertThat(fixture.top("rank", fixture.catalogue(), TopQuery.all(task, 100))).hasSize(3);
          Catalogue empty = Catalogue.of(new Readers(LAYOUT, 1).table(0));
          assertThat(fixture.top("rank", empty, TopQuery.all(task, 100))).isEmpty();
        });
  }

  @Test
  void refusesWhatItCannotAnswer() {
    with(
        learner(ScoringLearners.RIDGE),
        3,
        fixture -> {
          AdaptedTask task = fixture.adapt(new Readers(LAYOUT, 3).user(2));
          TopQuery query = TopQuery.all(task, 1);
          assertThatThrownBy(() -> fixture.top("label", fixture.catalogue(), query))
              .hasMessageContaining("'label'");
          Catalogue narrow = Catalogue.of(new Readers(new ItemLayout(1, 1), 1).table(1));
          assertThatThrownBy(() -> fixture.top("rank", narrow, query))
              .hasMessageContaining("rows of 5");
          assertThatThrownBy(() -> TopQuery.all(task, 0)).hasMessageContaining("best 0");
        });
  }
}

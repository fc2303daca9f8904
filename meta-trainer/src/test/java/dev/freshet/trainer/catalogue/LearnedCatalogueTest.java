package dev.freshet.trainer.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.items.ItemLayout;
import dev.freshet.adaptation.items.ItemStatistics;
import dev.freshet.adaptation.items.ItemTable;
import dev.freshet.trainer.ratings.ItemAttributes;
import dev.freshet.trainer.ratings.Rating;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LearnedCatalogueTest {
  private static final ItemLayout LAYOUT = new ItemLayout(2, 2);
  private static final double WEEK = 7 * 86_400;

  /** Users who like the first half of the items and not the second, and the other way round. */
  private static List<Rating> twoCamps() {
    Random random = new Random(1);
    List<Rating> ratings = new ArrayList<>();
    for (int user = 0; user < 80; user++) {
      for (int item = 0; item < 20; item++) {
        if (random.nextDouble() < 0.4) {
          boolean likes = user % 2 == 0 == item < 10;
          double value = (likes ? 4.5 : 1.5) + random.nextInt(2) * 0.5;
          ratings.add(rating("u" + user, item, value, ratings.size() * 60L));
        }
      }
    }
    return ratings;
  }

  private static Rating rating(String user, int item, double value, long seconds) {
    return new Rating(user, String.format("i%02d", item), value, seconds);
  }

  private static LearnedCatalogue learned(List<Rating> ratings) {
    long end = ratings.get(ratings.size() - 1).seconds() + 1;
    return LearnedCatalogue.of(ratings, ItemAttributes.NONE, LAYOUT, 4, WEEK, end, 1);
  }

  private static double dot(float[] a, float[] b, int count) {
    double sum = 0;
    for (int k = 0; k < count; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  @Test
  void itemsThatTheSameUsersLikeHaveFactorsOfTheSameDirection() {
    ItemTable table = learned(twoCamps()).table(new float[20][2]);

    float[] first = table.item("i00").orElseThrow().factors();
    assertThat(dot(first, table.item("i05").orElseThrow().factors(), 2)).isPositive();
    assertThat(dot(first, table.item("i15").orElseThrow().factors(), 2)).isNegative();
  }

  @Test
  void anItemThatOneUserRatedHasNoFactorsOfThatUserInTheUsersRow() {
    List<Rating> ratings = twoCamps();
    ratings.add(rating("u0", 99, 5, 1_000_000));
    LearnedCatalogue catalogue = learned(ratings);

    float[] row = catalogue.row(ratings.size() - 1);

    assertThat(row[0]).isCloseTo(0, within(1e-6f));
    assertThat(row[1]).isCloseTo(0, within(1e-6f));
    float[] ofItem = catalogue.table(new float[21][2]).item("i99").orElseThrow().factors();
    assertThat(dot(ofItem, ofItem, 2)).isGreaterThan(1e-3);
  }

  @Test
  void aRowsStatisticsAreThoseJustBeforeIt() {
    List<Rating> ratings =
        List.of(rating("a", 1, 5, 100), rating("b", 1, 1, 200), rating("c", 1, 3, 300));
    LearnedCatalogue catalogue = learned(ratings);

    assertThat(catalogue.row(0)[LAYOUT.base()]).isEqualTo(3);
    assertThat(catalogue.row(0)[LAYOUT.count()]).isZero();
    assertThat(catalogue.row(1)[LAYOUT.base()]).isCloseTo(3 + 2f / 5, within(1e-6f));
    assertThat(catalogue.row(2)[LAYOUT.count()]).isCloseTo((float) Math.log(3), within(1e-6f));
  }

  @Test
  void theTableGoesOnWhereTrainingEnded() {
    List<Rating> ratings = twoCamps();
    ItemTable table = learned(ratings).table(new float[20][2]);
    int count = (int) ratings.stream().filter(r -> r.item().equals("i03")).count();
    double sum =
        ratings.stream().filter(r -> r.item().equals("i03")).mapToDouble(Rating::value).sum();

    float[] row = new ItemStatistics(table).row("i03", table.scale().asOfSeconds());

    double mean = table.scale().mean();
    assertThat((double) row[LAYOUT.base()])
        .isCloseTo(mean + (sum - count * mean) / (count + 4), within(1e-5));
    assertThat(new ItemStatistics(table).count("i03")).isEqualTo(count);
  }

  @Test
  void neighbourFactorsMultiplyToTheLikenessOfItems() {
    IndexedRatings ratings =
        IndexedRatings.of(
            List.of(
                rating("a", 0, 5, 1),
                rating("a", 1, 5, 2),
                rating("b", 0, 5, 3),
                rating("b", 1, 5, 4),
                rating("c", 2, 5, 5),
                rating("c", 3, 5, 6)));

    double[][] factors = NeighbourFactors.of(ratings, user -> true, 2, 1);

    // Of a pair with the likeness s, the positive part of [[0, s], [s, 0]] is s / 2 everywhere.
    assertThat(product(factors, 0, 1)).isCloseTo(2.0 / 12 / 2, within(1e-3));
    assertThat(product(factors, 2, 3)).isCloseTo(1.0 / 11 / 2, within(1e-3));
    assertThat(product(factors, 0, 2)).isCloseTo(0, within(1e-3));
  }

  private static double product(double[][] factors, int i, int j) {
    double sum = 0;
    for (int k = 0; k < factors[i].length; k++) {
      sum += factors[i][k] * factors[j][k];
    }
    return sum;
  }

  @Test
  void choleskySolvesAndRefusesWhatIsNotPositiveDefinite() {
    double[] x = Cholesky.of(new double[][] {{4, 0}, {2, 3}}).solve(new double[] {8, 7});

    assertThat(x).containsExactly(new double[] {1.25, 1.5}, within(1e-12));
    assertThatThrownBy(() -> Cholesky.of(new double[][] {{1, 0}, {2, 1}}))
        .isInstanceOf(ArithmeticException.class);
  }
}

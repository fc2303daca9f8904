package dev.freshet.trainer.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Cases worked out by hand. */
class RankingMetricsTest {
  private static final double EXACT = 1e-12;

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  /** Found at positions 1 and 3 of three relevant: (1 + 1/2) of (1 + 1/log2 3 + 1/2). */
  @Test
  void gainsAreDiscountedByPositionAndSharedByTheBestOrder() {
    RankingMetrics metrics = RankingMetrics.of(new int[] {7, 1, 8, 2}, Set.of(7, 8, 9));

    assertThat(metrics.ndcg10()).isCloseTo(1.5 / (1.5 + 1 / log2(3)), within(EXACT));
    assertThat(metrics.hr10()).isEqualTo(1);
    assertThat(metrics.recall20()).isCloseTo(2.0 / 3, within(EXACT));
  }

  @Test
  void whatStandsAtEleventhPlaceCountsForRecallAlone() {
    int[] ranked = IntStream.range(0, 20).toArray();

    RankingMetrics metrics = RankingMetrics.of(ranked, Set.of(10, 19, 20));

    assertThat(metrics.ndcg10()).isZero();
    assertThat(metrics.hr10()).isZero();
    assertThat(metrics.recall20()).isCloseTo(2.0 / 3, within(EXACT));
  }

  @Test
  void theBestOrderOfMoreThanTenRelevantItemsHasGainOne() {
    Set<Integer> relevant = Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

    assertThat(RankingMetrics.of(IntStream.range(0, 20).toArray(), relevant).ndcg10())
        .isCloseTo(1, within(EXACT));
  }

  @Test
  void nothingRelevantIsRefused() {
    assertThatThrownBy(() -> RankingMetrics.of(new int[] {1}, Set.of()))
        .hasMessageContaining("Nothing is relevant");
  }

  /** One relevant of 500: it is among 20 drawn with probability 0.04, among 10 with 0.02. */
  @Test
  void aRandomOrderScoresChance() {
    Random random = new Random(1);
    int items = 500;
    int rounds = 20_000;
    double recall = 0;
    double hits = 0;
    double gain = 0;
    for (int round = 0; round < rounds; round++) {
      double[] scores = random.doubles(items).toArray();
      int[] best = TopItems.of(scores, new boolean[items], RankingMetrics.DEPTH);
      RankingMetrics metrics = RankingMetrics.of(best, Set.of(random.nextInt(items)));
      recall += metrics.recall20() / rounds;
      hits += metrics.hr10() / rounds;
      gain += metrics.ndcg10() / rounds;
    }
    double expected = IntStream.rangeClosed(1, 10).mapToDouble(p -> 1 / log2(p + 1)).sum() / items;
    assertThat(recall).isCloseTo(0.04, within(0.005));
    assertThat(hits).isCloseTo(0.02, within(0.004));
    assertThat(gain).isCloseTo(expected, within(0.002));
  }

  @Test
  void theTopLeavesOutWhatIsExcludedAndPrefersTheFirstOfEqualOnes() {
    double[] scores = {3, 5, 5, 1, 9};
    boolean[] excluded = {false, false, false, false, true};

    assertThat(TopItems.of(scores, excluded, 3)).containsExactly(1, 2, 0);
    assertThat(TopItems.of(scores, excluded, 10)).containsExactly(1, 2, 0, 3);
  }
}

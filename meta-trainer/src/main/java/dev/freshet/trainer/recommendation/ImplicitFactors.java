package dev.freshet.trainer.recommendation;

import dev.freshet.trainer.catalogue.Cholesky;
import dev.freshet.trainer.catalogue.IndexedRatings;
import java.util.Random;

/**
 * Implicit alternating least squares, a new user folded in (Hu, Koren, Volinsky: Collaborative
 * filtering for implicit feedback datasets, ICDM 2008, equations 4 and 5).
 *
 * <pre>
 * x_u = (Yᵀ Y + α Σ_i y_i y_iᵀ + λ I)⁻¹ (1 + α) Σ_i y_i          score_j = x_u · y_j
 * </pre>
 *
 * <p>With no event there is no x: then the order is by popularity.
 */
final class ImplicitFactors implements Ranker {
  private static final int FACTORS = 32;
  private static final int SWEEPS = 10;
  private static final double ALPHA = 10;
  private static final double LAMBDA = 10;
  private static final double START_SCALE = 0.1;

  private final double[][] items;
  private double[][] gram = new double[0][];

  ImplicitFactors(IndexedRatings ratings, long seed) {
    int[][] itemsOfUser = new int[ratings.users()][];
    for (int user = 0; user < itemsOfUser.length; user++) {
      int[] rows = ratings.rowsOf(user);
      itemsOfUser[user] = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        itemsOfUser[user][i] = ratings.item(rows[i]);
      }
    }
    int[] counts = new int[ratings.items().size()];
    for (int row = 0; row < ratings.rows(); row++) {
      counts[ratings.item(row)]++;
    }
    int[][] usersOfItem = new int[counts.length][];
    for (int i = 0; i < counts.length; i++) {
      usersOfItem[i] = new int[counts[i]];
    }
    for (int row = 0; row < ratings.rows(); row++) {
      usersOfItem[ratings.item(row)][--counts[ratings.item(row)]] = ratings.user(row);
    }
    Random random = new Random(seed);
    items = new double[usersOfItem.length][FACTORS];
    for (double[] item : items) {
      for (int k = 0; k < FACTORS; k++) {
        item[k] = START_SCALE * random.nextGaussian();
      }
    }
    double[][] users = new double[itemsOfUser.length][];
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      solveAll(users, items, itemsOfUser);
      solveAll(items, users, usersOfItem);
    }
    gram = gram(items);
  }

  @Override
  public String name() {
    return "ials";
  }

  @Override
  public double[] scores(RankingTrial trial) {
    int[] own = trial.support().stream().mapToInt(RatedRow::item).filter(i -> i >= 0).toArray();
    if (own.length == 0) {
      return trial.popularity().clone();
    }
    double[] user = solve(gram, items, own);
    double[] scores = new double[items.length];
    for (int j = 0; j < scores.length; j++) {
      for (int k = 0; k < FACTORS; k++) {
        scores[j] += user[k] * items[j][k];
      }
    }
    return scores;
  }

  private static void solveAll(double[][] side, double[][] other, int[][] entries) {
    double[][] gram = gram(other);
    for (int i = 0; i < side.length; i++) {
      side[i] = solve(gram, other, entries[i]);
    }
  }

  private static double[] solve(double[][] gram, double[][] other, int[] entries) {
    double[][] matrix = new double[FACTORS][];
    double[] right = new double[FACTORS];
    for (int k = 0; k < FACTORS; k++) {
      matrix[k] = gram[k].clone();
      matrix[k][k] += LAMBDA;
    }
    for (int entry : entries) {
      double[] row = other[entry];
      for (int k = 0; k < FACTORS; k++) {
        right[k] += (1 + ALPHA) * row[k];
        for (int l = 0; l <= k; l++) {
          matrix[k][l] += ALPHA * row[k] * row[l];
        }
      }
    }
    return Cholesky.of(matrix).solve(right);
  }

  private static double[][] gram(double[][] rows) {
    double[][] gram = new double[FACTORS][FACTORS];
    for (double[] row : rows) {
      for (int k = 0; k < FACTORS; k++) {
        for (int l = 0; l < FACTORS; l++) {
          gram[k][l] += row[k] * row[l];
        }
      }
    }
    return gram;
  }
}

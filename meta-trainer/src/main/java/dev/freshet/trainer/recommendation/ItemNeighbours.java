package dev.freshet.trainer.recommendation;

import dev.freshet.trainer.catalogue.IndexedRatings;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Nearest neighbours of the user's items (Sarwar and others: Item-based collaborative filtering
 * recommendation algorithms, WWW 2001), with popularity for what they leave open.
 *
 * <pre>
 * score_j = Σ_i |U_i ∩ U_j| / (√(|U_i| |U_j|) + shrinkage) + w log(1 + popularity_j)
 * </pre>
 *
 * <p>U_i: who rated item i before the cut.
 */
final class ItemNeighbours implements Ranker {
  private static final double SHRINKAGE = 10;
  private static final double POPULARITY_WEIGHT = 0.05;
  private static final int REMEMBERED_MAX = 1_000;

  private final IndexedRatings ratings;
  private final int[][] usersOfItem;
  private final Map<Integer, float[]> remembered = new LinkedHashMap<>();

  ItemNeighbours(IndexedRatings ratings) {
    this.ratings = ratings;
    int[] counts = new int[ratings.items().size()];
    for (int row = 0; row < ratings.rows(); row++) {
      counts[ratings.item(row)]++;
    }
    usersOfItem = new int[counts.length][];
    for (int i = 0; i < counts.length; i++) {
      usersOfItem[i] = new int[counts[i]];
    }
    for (int row = 0; row < ratings.rows(); row++) {
      int item = ratings.item(row);
      usersOfItem[item][--counts[item]] = ratings.user(row);
    }
  }

  @Override
  public String name() {
    return "item-knn";
  }

  @Override
  public double[] scores(RankingTrial trial) {
    double[] scores = new double[usersOfItem.length];
    for (int j = 0; j < scores.length; j++) {
      scores[j] = POPULARITY_WEIGHT * Math.log1p(trial.popularity()[j]);
    }
    for (RatedRow row : trial.support()) {
      if (row.item() >= 0) {
        float[] similar = similar(row.item());
        for (int j = 0; j < scores.length; j++) {
          scores[j] += similar[j];
        }
      }
    }
    return scores;
  }

  private float[] similar(int item) {
    float[] known = remembered.get(item);
    if (known == null) {
      if (remembered.size() >= REMEMBERED_MAX) {
        remembered.clear();
      }
      known = compare(item);
      remembered.put(item, known);
    }
    return known;
  }

  private float[] compare(int item) {
    int[] together = new int[usersOfItem.length];
    for (int user : usersOfItem[item]) {
      for (int row : ratings.rowsOf(user)) {
        together[ratings.item(row)]++;
      }
    }
    float[] similar = new float[together.length];
    for (int j = 0; j < similar.length; j++) {
      if (together[j] > 0 && j != item) {
        double size = Math.sqrt((double) usersOfItem[item].length * usersOfItem[j].length);
        similar[j] = (float) (together[j] / (size + SHRINKAGE));
      }
    }
    return similar;
  }
}

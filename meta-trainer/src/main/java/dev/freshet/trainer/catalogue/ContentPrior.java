package dev.freshet.trainer.catalogue;

import dev.freshet.trainer.ratings.ItemAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ridge regression on the attributes of items (Hoerl, Kennard, Technometrics 1970): what an item is
 * expected to be like by its content alone. As an item's prior it makes the model of Agarwal, Chen
 * (Regression-based latent factor models, KDD 2009).
 *
 * <pre>
 * c = (Gᵀ W G + ridge · I)⁻¹ Gᵀ W T        G: 1 where the item has the attribute
 * </pre>
 */
final class ContentPrior {
  /** An attribute of fewer items says nothing of the next one. */
  private static final int ITEMS_MIN = 10;

  private static final double RIDGE = 5;

  private final List<String> attributes;
  private final int[][] ofItem;

  private ContentPrior(List<String> attributes, int[][] ofItem) {
    this.attributes = attributes;
    this.ofItem = ofItem;
  }

  static ContentPrior of(List<String> items, ItemAttributes known) {
    Map<String, Integer> counts = new TreeMap<>();
    items.forEach(item -> known.of(item).forEach(name -> counts.merge(name, 1, Integer::sum)));
    counts.values().removeIf(count -> count < ITEMS_MIN);
    List<String> attributes = List.copyOf(counts.keySet());
    Map<String, Integer> index = new HashMap<>();
    attributes.forEach(name -> index.put(name, index.size()));
    List<int[]> ofItem = new ArrayList<>();
    for (String item : items) {
      ofItem.add(
          known.of(item).stream()
              .distinct()
              .filter(index::containsKey)
              .mapToInt(name -> index.getOrDefault(name, 0))
              .toArray());
    }
    return new ContentPrior(attributes, ofItem.toArray(new int[0][]));
  }

  /** In alphabetical order. */
  List<String> attributes() {
    return attributes;
  }

  /**
   * c, a row for each attribute.
   *
   * @param targets T, a row for each item
   * @param weights of the items
   */
  double[][] fit(double[][] targets, double[] weights) {
    int size = attributes.size();
    int columns = targets[0].length;
    if (size == 0) {
      return new double[0][columns];
    }
    double[][] matrix = new double[size][size];
    double[][] right = new double[columns][size];
    for (int i = 0; i < ofItem.length; i++) {
      for (int a : ofItem[i]) {
        for (int b : ofItem[i]) {
          matrix[a][b] += weights[i];
        }
        for (int k = 0; k < columns; k++) {
          right[k][a] += weights[i] * targets[i][k];
        }
      }
    }
    for (int a = 0; a < size; a++) {
      matrix[a][a] += RIDGE;
    }
    Cholesky cholesky = Cholesky.of(matrix);
    double[][] coefficients = new double[size][columns];
    for (int k = 0; k < columns; k++) {
      double[] solved = cholesky.solve(right[k]);
      for (int a = 0; a < size; a++) {
        coefficients[a][k] = solved[a];
      }
    }
    return coefficients;
  }

  /** What an item's attributes add up to. */
  double[] of(int item, double[][] coefficients, int columns) {
    double[] sum = new double[columns];
    for (int a : ofItem[item]) {
      for (int k = 0; k < columns; k++) {
        sum[k] += coefficients[a][k];
      }
    }
    return sum;
  }
}

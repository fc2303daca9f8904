package dev.freshet.trainer.regression;

import java.util.ArrayList;
import java.util.List;

/** Vectors with their ways. Vectors are referenced, not copied. */
public final class LabelledRows {
  private final int features;
  private final int ways;
  private final List<float[]> vectors = new ArrayList<>();
  private final List<Integer> wayOfRow = new ArrayList<>();

  /** No row yet. */
  public LabelledRows(int features, int ways) {
    this.features = features;
    this.ways = ways;
  }

  public LabelledRows add(int way, float[] vector) {
    if (way < 0 || way >= ways || vector.length != features) {
      throw new IllegalArgumentException(
          "Row %d has way %d and %d features, expected a way of 0 to %d and %d features."
              .formatted(vectors.size(), way, vector.length, ways - 1, features));
    }
    vectors.add(vector);
    wayOfRow.add(way);
    return this;
  }

  public int ways() {
    return ways;
  }

  public int size() {
    return vectors.size();
  }

  int features() {
    return features;
  }

  float[] vector(int row) {
    return vectors.get(row);
  }

  int way(int row) {
    return wayOfRow.get(row);
  }

  /** The ways that have a row, ascending: only these can be fitted. */
  int[] waysPresent() {
    return wayOfRow.stream().mapToInt(Integer::intValue).sorted().distinct().toArray();
  }
}

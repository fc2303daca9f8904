package dev.freshet.trainer.training;

import java.util.SortedMap;
import java.util.TreeMap;

/** Float64 arrays by name. */
final class Arrays64 {
  private Arrays64() {}

  static double[] of(SortedMap<String, double[]> arrays, String name) {
    double[] array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          "No array '%s', expected one of %s.".formatted(name, arrays.keySet()));
    }
    return array;
  }

  static SortedMap<String, double[]> copy(SortedMap<String, double[]> arrays) {
    SortedMap<String, double[]> copies = new TreeMap<>();
    arrays.forEach((name, array) -> copies.put(name, array.clone()));
    return copies;
  }

  /** Euclidean, over all of them. */
  static double norm(SortedMap<String, double[]> arrays) {
    double sum = 0;
    for (double[] array : arrays.values()) {
      for (double value : array) {
        sum += value * value;
      }
    }
    return Math.sqrt(sum);
  }
}

package dev.freshet.trainer.training;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where an optimiser is.
 *
 * @param updates steps that moved something
 * @param coordinates of the learned tensors
 * @param means Adam's m
 * @param squares Adam's v
 */
record OptimizerState(
    int updates,
    SortedMap<String, double[]> coordinates,
    SortedMap<String, double[]> means,
    SortedMap<String, double[]> squares) {
  OptimizerState {
    coordinates = Arrays64.copy(coordinates);
    means = Arrays64.copy(means);
    squares = Arrays64.copy(squares);
  }

  static OptimizerState fresh(SortedMap<String, double[]> coordinates) {
    SortedMap<String, double[]> zeros = new TreeMap<>();
    coordinates.forEach((name, values) -> zeros.put(name, new double[values.length]));
    return new OptimizerState(0, coordinates, zeros, zeros);
  }
}

package dev.freshet.trainer.training;

import java.util.List;
import java.util.SortedMap;

/**
 * All that training needs to go on as if it had never stopped. Tasks need no state: they are drawn
 * by number.
 *
 * @param step how many were made
 * @param updates how many of them moved something
 * @param coordinates of the learned tensors
 * @param means Adam's
 * @param squares Adam's
 * @param best coordinates at the best look
 * @param looks all so far, at least one
 */
record Checkpoint(
    int step,
    int updates,
    SortedMap<String, double[]> coordinates,
    SortedMap<String, double[]> means,
    SortedMap<String, double[]> squares,
    SortedMap<String, double[]> best,
    List<Look> looks) {
  Checkpoint {
    coordinates = Arrays64.copy(coordinates);
    means = Arrays64.copy(means);
    squares = Arrays64.copy(squares);
    best = Arrays64.copy(best);
    looks = List.copyOf(looks);
  }
}

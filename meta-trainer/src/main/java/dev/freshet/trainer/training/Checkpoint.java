package dev.freshet.trainer.training;

import java.util.List;
import java.util.SortedMap;

/**
 * All that training needs to go on as if it had never stopped. Tasks need no state: they are drawn
 * by number.
 *
 * @param step how many were made
 * @param optimizer where it is
 * @param best coordinates at the best look
 * @param looks all so far, at least one
 */
record Checkpoint(
    int step, OptimizerState optimizer, SortedMap<String, double[]> best, List<Look> looks) {
  Checkpoint {
    best = Arrays64.copy(best);
    looks = List.copyOf(looks);
  }
}

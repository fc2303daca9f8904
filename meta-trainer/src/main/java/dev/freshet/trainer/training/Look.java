package dev.freshet.trainer.training;

import java.util.Comparator;
import java.util.List;

/**
 * At the held-out classes, between two stretches of training.
 *
 * @param step how many steps were made before it
 * @param loss mean over those since the look before; 0 where there were none
 */
public record Look(int step, double loss, HeldOutScore heldOut) {

  /** The first of the best. */
  static Look best(List<Look> looks) {
    return looks.stream()
        .min(Comparator.comparingDouble(look -> look.heldOut().logLoss()))
        .orElseThrow();
  }

  /** How many looks there were after the best one. */
  static int inVain(List<Look> looks) {
    return looks.size() - 1 - looks.indexOf(best(looks));
  }
}

package dev.freshet.trainer.measure;

import dev.freshet.adaptation.runtime.SupportSet;

/** A query, with what its task had shown by then. */
final class Asked {
  final SupportSet support;
  final float[] query;
  final int truth;
  final int shots;

  /**
   * @param truth way of the true label
   * @param shots examples of the true label in force
   */
  Asked(SupportSet support, float[] query, int truth, int shots) {
    this.support = support;
    this.query = query;
    this.truth = truth;
    this.shots = shots;
  }
}

package dev.freshet.adaptation.learner.scoring;

import dev.freshet.adaptation.learner.Setting;

/** Settings of the networks over item rows that gradient steps adapt. */
final class RowNetwork {
  static final Setting HIDDEN1 =
      new Setting("hidden1", 2, 512, 32, "Width of the first hidden layer.");
  static final Setting HIDDEN2 =
      new Setting("hidden2", 2, 512, 32, "Width of the second hidden layer.");
  static final Setting STEPS = new Setting("steps", 1, 20, 3, "Gradient steps of the inner loop.");
  static final Setting RATE =
      new Setting("rate", 0, 1e3, 0.05, "Inner learning rates before any training.");
  static final Setting SEED =
      new Setting("seed", 0, 1e9, 1, "Of the weights that training begins with.");

  private RowNetwork() {}
}

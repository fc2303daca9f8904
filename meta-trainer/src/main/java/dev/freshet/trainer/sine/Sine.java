package dev.freshet.trainer.sine;

import dev.freshet.adaptation.runtime.SupportVector;
import dev.freshet.trainer.training.TrainingTask;
import java.util.Random;

/** A task: y = a sin(x + p), a from 0.1 to 5, p from 0 to π. */
record Sine(double amplitude, double phase) {
  static final double X_MAX = 5;

  static Sine draw(Random random) {
    return new Sine(0.1 + 4.9 * random.nextDouble(), Math.PI * random.nextDouble());
  }

  double at(double x) {
    return amplitude * Math.sin(x + phase);
  }

  TrainingTask.Row row(double x) {
    return TrainingTask.Row.scored((float) at(x), SupportVector.of(new float[] {(float) x}));
  }
}

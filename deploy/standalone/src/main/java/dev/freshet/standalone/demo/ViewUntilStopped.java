package dev.freshet.standalone.demo;

import java.util.function.BooleanSupplier;

/**
 * Another view, left as it is from the moment something stops the demo: what the last picture
 * showed is worth more than how a stopping job looks.
 */
public record ViewUntilStopped(ProgressView view, BooleanSupplier stopping)
    implements ProgressView {
  @Override
  public void show(Moment moment) {
    if (!stopping.getAsBoolean()) {
      view.show(moment);
    }
  }

  @Override
  public void close() {
    if (!stopping.getAsBoolean()) {
      view.close();
    }
  }
}

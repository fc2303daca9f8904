package dev.freshet.trainer.bench;

import java.util.Arrays;

/**
 * Repeats a call for some time.
 *
 * @param seconds how long, at least
 */
record Stopwatch(double seconds) {
  private static final int RUNS_MIN = 3;

  /** The median of single runs: on a busy machine a mean is of the neighbours. */
  double secondsPerRun(Runnable run) {
    run.run();
    long start = System.nanoTime();
    double[] taken = new double[1_000_000];
    int runs = 0;
    while (runs < taken.length && (runs < RUNS_MIN || System.nanoTime() - start < seconds * 1e9)) {
      long before = System.nanoTime();
      run.run();
      taken[runs++] = (System.nanoTime() - before) / 1e9;
    }
    double[] sorted = Arrays.copyOf(taken, runs);
    Arrays.sort(sorted);
    return sorted[runs / 2];
  }
}

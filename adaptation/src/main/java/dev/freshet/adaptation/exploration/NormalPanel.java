package dev.freshet.adaptation.exploration;

import java.util.Random;

/** Standard normals, always the same ones. A column does not depend on how many there are. */
final class NormalPanel {
  private static final long SEED = 20_331_209L;

  private final double[][] rows;

  NormalPanel(int draws, int dimensions) {
    rows = new double[draws][dimensions];
    for (int column = 0; column < dimensions; column++) {
      Random random = new Random(mixed(SEED + column));
      for (double[] row : rows) {
        row[column] = random.nextGaussian();
      }
    }
  }

  double[] row(int draw) {
    return rows[draw];
  }

  /** SplitMix64's finaliser: neighbouring seeds would begin alike. */
  private static long mixed(long seed) {
    long z = seed * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}

package dev.freshet.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AdamTest {
  private final double[] x = {5, -3};
  private final SortedMap<String, double[]> coordinates = new TreeMap<>();

  AdamTest() {
    coordinates.put("x", x);
  }

  /** m and v are corrected for their start at zero, so the first step is the rate, whatever g. */
  @Test
  void theFirstStepIsTheRate() {
    Adam adam = Adam.fresh(coordinates);
    adam.nextStep();
    adam.update("x", x, new double[] {1e-3, -700}, 0.1);
    assertThat(x).containsExactly(new double[] {4.9, -2.9}, within(1e-6));
  }

  /** By hand: g = 1, then g = 3. */
  @Test
  void theSecondStepIsThePapers() {
    Adam adam = Adam.fresh(coordinates);
    adam.nextStep();
    adam.update("x", x, new double[] {1, 0}, 0.1);
    adam.nextStep();
    adam.update("x", x, new double[] {3, 0}, 0.1);
    double mean = (0.9 * 0.1 + 0.1 * 3) / (1 - 0.81);
    double square = (0.99 * 0.01 + 0.01 * 9) / (1 - 0.9801);
    assertThat(x[0]).isCloseTo(4.9 - 0.1 * mean / Math.sqrt(square), within(1e-9));
    assertThat(x[1]).isEqualTo(-3);
  }

  @Test
  void findsTheBottomOfABowl() {
    Adam adam = Adam.fresh(coordinates);
    for (int step = 0; step < 400; step++) {
      adam.nextStep();
      adam.update("x", x, new double[] {2 * (x[0] - 1), 20 * (x[1] - 2)}, 0.1);
    }
    assertThat(x).containsExactly(new double[] {1, 2}, within(1e-2));
  }
}

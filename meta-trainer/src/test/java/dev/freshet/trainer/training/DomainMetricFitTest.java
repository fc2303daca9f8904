package dev.freshet.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.learner.DomainMetric;
import dev.freshet.adaptation.runtime.Device;
import dev.freshet.adaptation.runtime.SupportVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DomainMetricFitTest {
  private static final int FEATURES = 6;
  private static final DomainMetricFit FIT = new DomainMetricFit(60, 4, 0.3, 0.01);

  /** Labels differ in the first feature; the second is loud and says nothing. */
  private static final class FirstFeatureTells implements TaskSource {
    @Override
    public List<TrainingTask> draw(int number, int tasks) {
      Random random = new Random(number);
      List<TrainingTask> drawn = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        drawn.add(
            new TrainingTask(
                List.of(vector(0, random), vector(1, random)), rows(2, random), rows(6, random)));
      }
      return drawn;
    }

    private static List<TrainingTask.Row> rows(int each, Random random) {
      List<TrainingTask.Row> rows = new ArrayList<>();
      for (int i = 0; i < 2 * each; i++) {
        rows.add(new TrainingTask.Row(i % 2, vector(i % 2, random)));
      }
      return rows;
    }

    private static SupportVector vector(int way, Random random) {
      float[] values = new float[FEATURES];
      values[0] = (way == 0 ? 0.2f : -0.2f) + 0.1f * (float) random.nextGaussian();
      values[1] = 0.6f * (float) random.nextGaussian();
      for (int f = 2; f < FEATURES; f++) {
        values[f] = 0.1f * (float) random.nextGaussian();
      }
      return SupportVector.of(values);
    }

    @Override
    public String identity() {
      return "the first feature tells";
    }
  }

  @Test
  void whatTellsLabelsApartIsStretchedAndNoiseShortened() {
    DomainMetric metric = FIT.fit(new FirstFeatureTells(), FEATURES, 2, Device.CPU);
    assertThat(gainAlong(metric, 0)).isGreaterThan(0.5);
    assertThat(gainAlong(metric, 1)).isLessThan(-0.5);
  }

  @Test
  void directionsAreOrthonormalAndGainsKeepLengthsPositive() {
    DomainMetric metric = FIT.fit(new FirstFeatureTells(), FEATURES, 3, Device.CPU);
    for (int a = 0; a < 3; a++) {
      assertThat(metric.gains().toArray()[a]).isGreaterThanOrEqualTo(-0.95f);
      for (int b = 0; b < 3; b++) {
        double product = 0;
        for (int f = 0; f < FEATURES; f++) {
          product += direction(metric, f, a) * direction(metric, f, b);
        }
        assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-5));
      }
    }
  }

  @Test
  void theSameTasksGiveTheSameBits() {
    assertThat(FIT.fit(new FirstFeatureTells(), FEATURES, 2, Device.CPU))
        .isEqualTo(FIT.fit(new FirstFeatureTells(), FEATURES, 2, Device.CPU));
  }

  @Test
  void aStrongPullLeavesThePlainMetric() {
    DomainMetric metric =
        new DomainMetricFit(60, 4, 0.02, 30).fit(new FirstFeatureTells(), FEATURES, 2, Device.CPU);
    for (float gain : metric.gains().toArray()) {
      assertThat(Math.abs(gain)).isLessThan(0.2f);
    }
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> FIT.withDecay(-1)).hasMessageContaining("decay -1.0");
  }

  /** γ as far as a unit vector along the feature sees it. */
  private static double gainAlong(DomainMetric metric, int feature) {
    double gain = 0;
    float[] gains = metric.gains().toArray();
    for (int r = 0; r < gains.length; r++) {
      double along = direction(metric, feature, r);
      gain += gains[r] * along * along;
    }
    return gain;
  }

  private static double direction(DomainMetric metric, int feature, int column) {
    int rank = metric.gains().shape().size(0);
    return metric.directions().toArray()[feature * rank + column];
  }
}

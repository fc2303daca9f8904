package dev.freshet.adaptation.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.adaptation.tensor.Shape;
import dev.freshet.adaptation.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WhiteningTest {
  private static final int FEATURES = 6;

  /** Scatters with deviation 3 along the second axis, 1 along the others. */
  private static List<List<float[]>> classes() {
    Random random = new Random(2);
    List<List<float[]>> classes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      List<float[]> rows = new ArrayList<>();
      float centre = 10 * (float) random.nextGaussian();
      for (int row = 0; row < 50; row++) {
        float[] vector = new float[FEATURES];
        for (int f = 0; f < FEATURES; f++) {
          vector[f] = centre + (f == 1 ? 3 : 1) * (float) random.nextGaussian();
        }
        rows.add(vector);
      }
      classes.add(rows);
    }
    return classes;
  }

  @Test
  void shortensTheDirectionInWhichLabelsScatter() {
    Whitening whitening = Whitening.fit(classes(), 2, 0);
    Tensor directions = whitening.directions();
    assertThat(Math.abs(directions.get(2))).isCloseTo(1f, within(0.05f));
    assertThat(whitening.gains().get(0)).isCloseTo(1 - 1 / 9f, within(0.03f));
    assertThat(whitening.gains().get(1)).isBetween(0f, 0.15f);
  }

  @Test
  void evennessShortensLess() {
    float even = Whitening.fit(classes(), 2, 3).gains().get(0);
    assertThat(even).isBetween(0.3f, Whitening.fit(classes(), 2, 0).gains().get(0));
  }

  @Test
  void theSameClassesGiveTheSameMetric() {
    assertThat(Whitening.fit(classes(), 3, 3)).isEqualTo(Whitening.fit(classes(), 3, 3));
  }

  @Test
  void becomesTheInitialisationOfItsLearner() {
    Whitening whitening = Whitening.fit(classes(), 2, 3);
    Settings settings = Settings.of(LdaLearner.SETTINGS, Map.of("rank", 2.0));
    assertThat(new LdaLearner(FEATURES, settings, whitening).initialization())
        .containsEntry("metric_directions", whitening.directions())
        .containsEntry("metric_gains", whitening.gains());
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> Whitening.fit(classes(), 7, 3)).hasMessageContaining("rank 7");
    assertThatThrownBy(() -> Whitening.fit(List.of(), 2, 3)).hasMessageContaining("No class");
    Tensor gains = Tensor.vector(0f);
    Tensor directions = Tensor.full(Shape.of(FEATURES, 2), 0f);
    assertThatThrownBy(() -> new Whitening(directions, gains)).hasMessageContaining("[1]");
    Settings settings = Settings.of(LdaLearner.SETTINGS, Map.of("rank", 4.0));
    assertThatThrownBy(() -> new LdaLearner(FEATURES, settings, Whitening.none(FEATURES, 2)))
        .hasMessageContaining("expected [6, 4]");
  }
}

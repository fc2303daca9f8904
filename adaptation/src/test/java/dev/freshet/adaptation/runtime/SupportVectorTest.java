package dev.freshet.adaptation.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SupportVectorTest {
  @Test
  void isEqualToAnotherOfTheSameBits() {
    SupportVector vector = SupportVector.of(new float[] {1, 0});
    assertThat(vector)
        .isEqualTo(SupportVector.of(new float[] {1, 0}))
        .hasSameHashCodeAs(SupportVector.of(new float[] {1, 0}))
        .isNotEqualTo(SupportVector.of(new float[] {1, -0f}))
        .isNotEqualTo(SupportVector.of(new float[] {1, 0, 0}));
  }

  @Test
  void digestIsComputedOnceAndPinned() {
    SupportVector vector = SupportVector.of(new float[] {1, 0});
    assertThat(vector.digestBytes()).isSameAs(vector.digestBytes());
    // SHA-256 of 0000803f00000000.
    assertThat(HexFormat.of().formatHex(vector.digestBytes()))
        .isEqualTo("434b26042aff3fb844a4c4c6be0d81a0");
  }

  @Test
  void squareIsTheSumOverAllFeaturesWhateverTheirNumber() {
    for (int features = 1; features < 20; features++) {
      float[] values = new float[features];
      double expected = 0;
      for (int f = 0; f < features; f++) {
        values[f] = f - 3.25f;
        expected += values[f] * values[f];
      }
      assertThat((double) SupportVector.of(values).square()).isCloseTo(expected, within(1e-3));
    }
  }

  @Test
  void refusesWhatNoBatchShouldMeet() {
    assertThatThrownBy(() -> SupportVector.of(new float[] {0, Float.NaN}))
        .hasMessageContaining("Support vector is NaN at feature 1");
    assertThatThrownBy(() -> SupportVector.of("Example e17", new float[] {1e30f}))
        .hasMessageContaining("Example e17 is 1.0E30 at feature 0");
  }
}

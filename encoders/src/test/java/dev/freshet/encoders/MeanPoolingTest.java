package dev.freshet.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class MeanPoolingTest {

  @Test
  void isTheMeanOfTheRowsAtUnitLength() {
    FloatBuffer rows = FloatBuffer.wrap(new float[] {1, 4, 5, 4, 99, 99});
    assertThat(MeanPooling.unitMean(rows, 2, 2)).containsExactly(0.6f, 0.8f);
  }

  @Test
  void rowsWithoutDirectionAreRefused() {
    FloatBuffer opposite = FloatBuffer.wrap(new float[] {1, -1, -1, 1});
    assertThatThrownBy(() -> MeanPooling.unitMean(opposite, 2, 2))
        .hasMessageContaining("squared length 0.0");
    FloatBuffer broken = FloatBuffer.wrap(new float[] {Float.NaN, 1});
    assertThatThrownBy(() -> MeanPooling.unitMean(broken, 1, 2)).hasMessageContaining("NaN");
  }
}

package dev.freshet.adaptation.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void equalsByShapeAndBits() {
    assertThat(Tensor.of(Shape.of(2, 1), 1, 2))
        .isEqualTo(Tensor.of(Shape.of(2, 1), 1, 2))
        .hasSameHashCodeAs(Tensor.of(Shape.of(2, 1), 1, 2))
        .isNotEqualTo(Tensor.of(Shape.of(1, 2), 1, 2));
    assertThat(Tensor.scalar(0f)).isNotEqualTo(Tensor.scalar(-0f));
  }

  @Test
  void doesNotSeeLaterChangesOfWhatItWasMadeFrom() {
    float[] values = {1, 2};
    Tensor tensor = Tensor.vector(values);
    values[0] = 9;
    tensor.toArray()[1] = 9;
    assertThat(tensor).isEqualTo(Tensor.vector(1, 2));
  }

  @Test
  void refusesValuesThatDoNotFillItsShape() {
    assertThatThrownBy(() -> Tensor.of(Shape.of(2, 3), 1, 2))
        .hasMessage("Tensor of shape [2, 3] needs 6 values, got 2.");
  }

  @Test
  void shapeRefusesNegativeAndHugeSizes() {
    assertThatThrownBy(() -> Shape.of(2, -1)).hasMessageContaining("negative size");
    assertThatThrownBy(() -> Shape.of(1 << 20, 1 << 20)).hasMessageContaining("2^31");
  }

  @Test
  void tellsWhetherAllIsFinite() {
    assertThat(Tensor.vector(1, 2).isFinite()).isTrue();
    assertThat(Tensor.vector(1, Float.NaN).isFinite()).isFalse();
    assertThat(Tensor.vector(Float.NEGATIVE_INFINITY).isFinite()).isFalse();
  }
}

package dev.freshet.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EncodedTextTest {

  @Test
  void cannotBeChangedThroughItsArrays() {
    float[] given = {1, 2};
    EncodedText text = new EncodedText(given, 3, false);
    given[0] = 9;
    text.vector()[1] = 9;
    assertThat(text.vector()).containsExactly(1, 2);
  }

  @Test
  void equalToTheLastBitOnly() {
    EncodedText text = new EncodedText(new float[] {1}, 3, false);
    assertThat(text).isEqualTo(new EncodedText(new float[] {1}, 3, false));
    assertThat(text).isNotEqualTo(new EncodedText(new float[] {Math.nextUp(1f)}, 3, false));
    assertThat(text).isNotEqualTo(new EncodedText(new float[] {1}, 3, true));
  }

  @Test
  void needsAVectorAndTokens() {
    assertThatThrownBy(() -> new EncodedText(new float[0], 3, false))
        .hasMessageContaining("length 0");
    assertThatThrownBy(() -> new EncodedText(new float[1], 0, false))
        .hasMessageContaining("0 tokens");
  }
}

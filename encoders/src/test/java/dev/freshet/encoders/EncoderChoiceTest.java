package dev.freshet.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshet.adaptation.runtime.Device;
import org.junit.jupiter.api.Test;

class EncoderChoiceTest {
  @Test
  void encodersGoByTheirIds() {
    try (TextEncoder encoder = EncoderChoice.create(MiniLmEncoder.ID, Device.CPU)) {
      assertThat(encoder.id()).isEqualTo(MiniLmEncoder.ID);
    }
    assertThatThrownBy(() -> EncoderChoice.create("word2vec", Device.CPU))
        .hasMessageContaining("No encoder 'word2vec'")
        .hasMessageContaining(MiniLmEncoder.ID);
  }

  @Test
  void aModelThatWasNotBuiltInIsAskedFor() {
    assumeFalse(FloatMiniLmEncoder.isAvailable());
    assertThatThrownBy(() -> EncoderChoice.create(FloatMiniLmEncoder.ID, Device.CPU))
        .hasMessageContaining("-Pfloat-encoder");
  }
}

package dev.freshet.encoders;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PinnedResourceTest {

  @Test
  void aFileWithOtherBytesIsRefused() {
    String expected = "0".repeat(64);
    assertThatThrownBy(new PinnedResource("/all-minilm-l6-v2-q-tokenizer.json", expected)::read)
        .hasMessageContaining("expected SHA-256 " + expected)
        .hasMessageContaining("got da0e7993");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(new PinnedResource("/absent.onnx", "")::read)
        .hasMessageContaining("/absent.onnx is not on the class path");
  }
}

package dev.freshet.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.freshet.adaptation.runtime.Device;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs where the model is on the class path: {@code -Pfloat-encoder}. */
class FloatMiniLmEncoderTest {
  private static FloatMiniLmEncoder encoder;

  @BeforeAll
  static void load() {
    assumeTrue(FloatMiniLmEncoder.isAvailable());
    encoder = FloatMiniLmEncoder.create(Device.CPU);
  }

  @AfterAll
  static void unload() {
    if (FloatMiniLmEncoder.isAvailable()) {
      encoder.close();
    }
  }

  @Test
  void vectorDoesNotDependOnItsNeighbours() {
    List<String> texts = texts();
    List<EncodedText> alone = texts.stream().map(encoder::encode).toList();
    assertThat(encoder.encodeAll(texts)).isEqualTo(alone);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      order.add(i);
    }
    for (int seed = 1; seed < 4; seed++) {
      Collections.shuffle(order, new Random(seed));
      List<Integer> some = order.subList(0, 20 * seed);
      List<EncodedText> together = encoder.encodeAll(some.stream().map(texts::get).toList());
      for (int i = 0; i < together.size(); i++) {
        assertThat(together.get(i)).isEqualTo(alone.get(some.get(i)));
      }
    }
  }

  /**
   * Eight bits a weight cost little; the vectors must not be taken for one another all the same.
   */
  @Test
  void vectorsLieNearTheQuantisedOnesAndAreOthers() {
    try (MiniLmEncoder quantised = MiniLmEncoder.create()) {
      assertThat(encoder.id()).isNotEqualTo(quantised.id());
      for (String text : texts().subList(0, 10)) {
        float[] one = encoder.encode(text).vector();
        float[] other = quantised.encode(text).vector();
        double cosine = 0;
        for (int i = 0; i < one.length; i++) {
          cosine += one[i] * other[i];
        }
        assertThat(cosine).isBetween(0.95, 0.99999);
      }
    }
  }

  @Test
  void aTextWithoutContentIsRefused() {
    assertThatThrownBy(() -> encoder.encodeAll(List.of("poodle", " ")))
        .isInstanceOf(UnencodableTextException.class);
  }

  @Test
  void cudaIsRefusedWithItsReasonWhereItCannotLoad() {
    assumeFalse(OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA));
    assertThatThrownBy(() -> FloatMiniLmEncoder.create(Device.CUDA))
        .hasMessageContaining("Device 'cuda' cannot be used");
  }

  private static List<String> texts() {
    String[] words = {"wooden", "train", "set", "with", "bridge", "1:64", "Ünïcode", "puzzle"};
    Random random = new Random(5);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      StringBuilder text = new StringBuilder("text");
      for (int word = random.nextInt(20); word >= 0; word--) {
        text.append(' ').append(words[random.nextInt(words.length)]);
      }
      texts.add(text.toString());
    }
    return texts;
  }
}

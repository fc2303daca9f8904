package dev.freshet.standalone.story;

import dev.freshet.schemas.Features;
import dev.freshet.schemas.Features.VectorFeatures;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A short vector in place of a text's: the same for the same text, another for another. */
final class StandIn {
  static final int LENGTH = 32;

  private StandIn() {}

  static float[] of(Features features) {
    return features instanceof VectorFeatures vector
        ? of(Arrays.toString(vector.vector()))
        : of(features.toString());
  }

  static float[] of(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      float[] vector = new float[LENGTH];
      for (int i = 0; i < LENGTH; i++) {
        vector[i] = digest[i];
      }
      return vector;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }
}

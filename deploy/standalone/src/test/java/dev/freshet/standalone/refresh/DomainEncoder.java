package dev.freshet.standalone.refresh;

import dev.freshet.encoders.EncodedText;
import dev.freshet.encoders.TextEncoder;
import java.util.Random;

/**
 * An encoder that costs nothing: a text's last word is its class, and texts of all classes differ
 * most in the same few numbers, which a champion that was never told does not know.
 */
final class DomainEncoder implements TextEncoder {
  static final int DIMENSION = 16;

  private static final int LOUD = 3;

  @Override
  public String id() {
    return "domain";
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public EncodedText encode(String text) {
    return new EncodedText(vector(text), 3, false);
  }

  static float[] vector(String text) {
    Random label = random(text.substring(text.lastIndexOf(' ') + 1));
    Random noise = random(text);
    float[] vector = new float[DIMENSION];
    double square = 0;
    for (int i = 0; i < vector.length; i++) {
      double own = label.nextGaussian() / Math.sqrt(vector.length);
      vector[i] = (float) (own + (i < LOUD ? 2.2 : 0.12) * noise.nextGaussian());
      square += vector[i] * vector[i];
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / Math.sqrt(square));
    }
    return vector;
  }

  @Override
  public void close() {}

  private static Random random(String seed) {
    return new Random(31L * seed.hashCode() + seed.length());
  }
}

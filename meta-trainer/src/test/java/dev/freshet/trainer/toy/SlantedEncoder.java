package dev.freshet.trainer.toy;

import dev.freshet.encoders.EncodedText;
import dev.freshet.encoders.TextEncoder;
import java.util.Random;

/**
 * As {@link ToyEncoder}, but texts of a class differ most in the first few numbers, in all classes
 * alike: who has learned that, tells classes apart far better.
 */
public final class SlantedEncoder implements TextEncoder {
  public static final String ID = "slanted";

  private static final int LOUD = 3;
  private static final double LOUDNESS = 2.2;
  private static final double BLUR = 0.12;

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int dimension() {
    return ToyEncoder.DIMENSION;
  }

  @Override
  public EncodedText encode(String text) {
    Random label = random(text.substring(text.lastIndexOf(' ') + 1));
    Random noise = random(text);
    float[] vector = new float[ToyEncoder.DIMENSION];
    double square = 0;
    for (int i = 0; i < vector.length; i++) {
      double own = label.nextGaussian() / Math.sqrt(vector.length);
      vector[i] = (float) (own + (i < LOUD ? LOUDNESS : BLUR) * noise.nextGaussian());
      square += vector[i] * vector[i];
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / Math.sqrt(square));
    }
    return new EncodedText(vector, 3, false);
  }

  @Override
  public void close() {}

  private static Random random(String seed) {
    return new Random(31L * seed.hashCode() + seed.length());
  }
}

package dev.freshet.trainer.toy;

import dev.freshet.encoders.EncodedText;
import dev.freshet.encoders.TextEncoder;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** The last word of a text, which is its class here, gives the direction; the rest blurs it. */
public final class ToyEncoder implements TextEncoder {
  public static final int DIMENSION = 16;

  private final String id;
  private final double blur;
  private final AtomicInteger calls = new AtomicInteger();

  /** Texts of a class differ by so much of their length. */
  public ToyEncoder(String id, double blur) {
    this.id = id;
    this.blur = blur;
  }

  /** Classes that overlap a little. */
  public static ToyEncoder create() {
    return new ToyEncoder("toy", 1.6);
  }

  public int calls() {
    return calls.get();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public EncodedText encode(String text) {
    calls.incrementAndGet();
    double[] direction = unit(text.substring(text.lastIndexOf(' ') + 1));
    double[] noise = unit(text);
    double square = 0;
    for (int i = 0; i < DIMENSION; i++) {
      direction[i] += blur * noise[i];
      square += direction[i] * direction[i];
    }
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) (direction[i] / Math.sqrt(square));
    }
    return new EncodedText(vector, 3, false);
  }

  @Override
  public void close() {}

  private static double[] unit(String seed) {
    Random random = new Random(31L * seed.hashCode() + seed.length());
    double[] numbers = new double[DIMENSION];
    double square = 0;
    for (int i = 0; i < DIMENSION; i++) {
      numbers[i] = random.nextGaussian();
      square += numbers[i] * numbers[i];
    }
    for (int i = 0; i < DIMENSION; i++) {
      numbers[i] /= Math.sqrt(square);
    }
    return numbers;
  }
}

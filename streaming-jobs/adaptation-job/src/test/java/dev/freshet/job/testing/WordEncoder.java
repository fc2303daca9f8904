package dev.freshet.job.testing;

import dev.freshet.encoders.EncodedText;
import dev.freshet.encoders.TextEncoder;
import dev.freshet.encoders.UnencodableTextException;
import dev.freshet.job.encode.EncoderFactory;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * A real encoder, if a modest one: the normed sum of a random vector per word, of letters and
 * digits.
 */
public final class WordEncoder implements TextEncoder {
  public static final String ID = "words-8";
  public static final int DIMENSION = 8;
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int WORDS_MAX = 12;

  /** Makes it. */
  public static final class Factory implements EncoderFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public TextEncoder create() {
      return new WordEncoder();
    }

    @Override
    public String id() {
      return ID;
    }

    @Override
    public int dimension() {
      return DIMENSION;
    }
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public EncodedText encode(String text) {
    List<String> words = BETWEEN_WORDS.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
    if (words.isEmpty()) {
      throw new UnencodableTextException("found no word in '" + text + "'");
    }
    int used = Math.min(words.size(), WORDS_MAX);
    float[] sum = new float[DIMENSION];
    for (int w = 0; w < used; w++) {
      Random random = new Random(words.get(w).hashCode());
      for (int i = 0; i < DIMENSION; i++) {
        sum[i] += (float) random.nextGaussian();
      }
    }
    float norm = 0;
    for (float x : sum) {
      norm += x * x;
    }
    for (int i = 0; i < DIMENSION; i++) {
      sum[i] /= (float) Math.sqrt(norm);
    }
    return new EncodedText(sum, used, words.size() > WORDS_MAX);
  }

  @Override
  public void close() {}
}

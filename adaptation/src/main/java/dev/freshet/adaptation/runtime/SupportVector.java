package dev.freshet.adaptation.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A vector that may be a row of many supports: checked once, and its digest and length, computed
 * once, are remembered. Keep one with every stored example, and an adaptation neither checks nor
 * hashes its numbers again.
 *
 * <p>Immutable, as long as nobody writes into the numbers: they are referenced, not copied. Equal
 * to another of the same bits. Thread-safe.
 */
public final class SupportVector {
  static final int DIGEST_BYTES = 16;

  private final float[] values;
  private final float square;
  private volatile byte @Nullable [] digest;

  private SupportVector(float[] values) {
    this.values = values;
    this.square = square(values);
  }

  /**
   * Checks a vector.
   *
   * @param values referenced, never written to; must be finite
   */
  public static SupportVector of(float[] values) {
    return of("Support vector", values);
  }

  /**
   * The same, for a caller who knows better what it is.
   *
   * @param what at the beginning of the error, such as "Example e17"
   */
  public static SupportVector of(String what, float[] values) {
    VectorGuard.check(what, values);
    return new SupportVector(values);
  }

  public int features() {
    return values.length;
  }

  /** Referenced, not copied: not to be written to. */
  public float[] values() {
    return values;
  }

  /** Its squared length. */
  float square() {
    return square;
  }

  /** The first 128 bits of SHA-256 over the bits of its numbers, least significant byte first. */
  byte[] digestBytes() {
    byte[] known = digest;
    if (known == null) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      known = first128Bits(bytes.array());
      digest = known;
    }
    return known;
  }

  static byte[] first128Bits(byte[] bytes) {
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes), DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform must offer SHA-256.", e);
    }
  }

  /** Four sums side by side: one alone would wait for each addition. */
  private static float square(float[] values) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < values.length; i += 4) {
      a += (double) values[i] * values[i];
      b += (double) values[i + 1] * values[i + 1];
      c += (double) values[i + 2] * values[i + 2];
      d += (double) values[i + 3] * values[i + 3];
    }
    for (; i < values.length; i++) {
      a += (double) values[i] * values[i];
    }
    return (float) (a + b + c + d);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SupportVector vector && Arrays.equals(values, vector.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "SupportVector of " + values.length + " features";
  }
}

package dev.freshet.encoders;

import java.util.Arrays;

/**
 * A text's vector and what was left of the text. A class and not a record, because a record
 * compares its array by identity. Immutable: arrays are copied on the way in and on the way out.
 */
public final class EncodedText {
  private final float[] vector;
  private final int tokens;
  private final boolean truncated;

  /**
   * @param vector the text's vector
   * @param tokens tokens that were encoded, the two that frame the text included
   * @param truncated whether the text had more tokens than that
   */
  public EncodedText(float[] vector, int tokens, boolean truncated) {
    if (vector.length == 0 || tokens <= 0) {
      throw new IllegalArgumentException(
          "An encoded text needs a vector and tokens; got a vector of length "
              + vector.length
              + " and "
              + tokens
              + " tokens.");
    }
    this.vector = vector.clone();
    this.tokens = tokens;
    this.truncated = truncated;
  }

  /** A copy: the caller's to keep. */
  public float[] vector() {
    return vector.clone();
  }

  public int dimension() {
    return vector.length;
  }

  public int tokens() {
    return tokens;
  }

  public boolean truncated() {
    return truncated;
  }

  /** Equal to the last bit of every number. */
  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedText that
        && tokens == that.tokens
        && truncated == that.truncated
        && Arrays.equals(vector, that.vector);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(vector);
  }

  @Override
  public String toString() {
    return "EncodedText[dimension="
        + vector.length
        + ", tokens="
        + tokens
        + ", truncated="
        + truncated
        + "]";
  }
}

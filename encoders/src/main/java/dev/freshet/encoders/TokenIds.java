package dev.freshet.encoders;

/**
 * The tokens of one text as the model numbers them, framing tokens included. Never leaves the call
 * that made it, so its array is not copied.
 */
final class TokenIds {
  /** One before the text and one after it. */
  private static final int FRAMING_TOKENS = 2;

  private final long[] ids;
  private final boolean truncated;

  TokenIds(long[] ids, boolean truncated) {
    this.ids = ids;
    this.truncated = truncated;
  }

  long[] ids() {
    return ids;
  }

  boolean truncated() {
    return truncated;
  }

  /** A text of nothing but framing tokens has no content. */
  boolean hasContent() {
    return ids.length > FRAMING_TOKENS;
  }
}

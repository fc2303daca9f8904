package dev.freshet.encoders;

import java.util.concurrent.atomic.AtomicInteger;

/** Encodes a text as its length and hash, and counts how often it was asked. */
final class CountingEncoder implements TextEncoder {
  final AtomicInteger calls = new AtomicInteger();
  boolean closed;

  @Override
  public String id() {
    return "counting";
  }

  @Override
  public int dimension() {
    return 2;
  }

  @Override
  public EncodedText encode(String text) {
    if (text.isBlank()) {
      throw new UnencodableTextException("blank");
    }
    calls.incrementAndGet();
    return new EncodedText(new float[] {text.length(), text.hashCode()}, 3, text.length() > 5);
  }

  @Override
  public void close() {
    closed = true;
  }
}

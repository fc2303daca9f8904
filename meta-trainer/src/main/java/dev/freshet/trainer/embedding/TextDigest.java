package dev.freshet.trainer.embedding;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first 128 bits of a text's SHA-256: too many for two texts ever to share them. */
record TextDigest(long high, long low) {
  static final int BYTES = 2 * Long.BYTES;

  static TextDigest of(String text) {
    return read(ByteBuffer.wrap(sha256(text.getBytes(StandardCharsets.UTF_8))));
  }

  static TextDigest read(ByteBuffer bytes) {
    return new TextDigest(bytes.getLong(), bytes.getLong());
  }

  void write(ByteBuffer bytes) {
    bytes.putLong(high).putLong(low);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform must offer SHA-256.", e);
    }
  }
}

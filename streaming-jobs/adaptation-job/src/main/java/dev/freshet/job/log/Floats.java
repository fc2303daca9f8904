package dev.freshet.job.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Vectors as little-endian float32 bytes. */
final class Floats {
  private Floats() {}

  static byte[] toBytes(float[] values) {
    byte[] bytes = new byte[4 * values.length];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }

  static float[] fromBytes(byte[] bytes) {
    float[] values = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}

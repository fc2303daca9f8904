package dev.freshet.encoders;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/** Direct memory for one call, as large as the longest text needs: about 200 KB. */
final class TextBuffers {
  private final LongBuffer ids = longs();
  private final LongBuffer ones = longs();
  private final LongBuffer zeros = longs();
  private final FloatBuffer tokenVectors =
      direct((long) MiniLmTokenizer.TOKENS_MAX * MiniLmModel.DIMENSION * Float.BYTES)
          .asFloatBuffer();

  TextBuffers() {
    for (int i = 0; i < MiniLmTokenizer.TOKENS_MAX; i++) {
      ones.put(i, 1);
    }
  }

  LongBuffer ids(long[] values) {
    return ids.clear().put(values).flip();
  }

  LongBuffer ones(int length) {
    return ones.clear().limit(length);
  }

  LongBuffer zeros(int length) {
    return zeros.clear().limit(length);
  }

  FloatBuffer tokenVectors(int length) {
    return tokenVectors.clear().limit(length);
  }

  FloatBuffer tokenVectors() {
    return tokenVectors;
  }

  private static LongBuffer longs() {
    return direct((long) MiniLmTokenizer.TOKENS_MAX * Long.BYTES).asLongBuffer();
  }

  private static ByteBuffer direct(long bytes) {
    return ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
  }
}

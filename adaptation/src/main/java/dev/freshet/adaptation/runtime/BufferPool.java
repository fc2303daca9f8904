package dev.freshet.adaptation.runtime;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/** Direct buffers by role, reused from call to call and grown when needed. Not thread-safe. */
final class BufferPool {
  private static final float[] ZEROS = new float[4096];

  private final Engine engine;
  private final Map<String, FloatBuffer> buffers = new HashMap<>();

  /**
   * @param engine that reads and writes them
   */
  BufferPool(Engine engine) {
    this.engine = engine;
  }

  /** A view of exactly this many elements, which hold anything. */
  FloatBuffer take(String role, int elements) {
    FloatBuffer buffer = buffers.get(role);
    if (buffer == null || buffer.capacity() < elements) {
      buffer = NativeTensors.allocate(Math.max(elements, Sizes.bucket(elements)), engine);
      buffers.put(role, buffer);
    }
    return buffer.slice(0, elements);
  }

  static void clear(FloatBuffer buffer) {
    clear(buffer, 0, buffer.capacity());
  }

  /** From {@code from} to before {@code to}. */
  static void clear(FloatBuffer buffer, int from, int to) {
    for (int at = from; at < to; at += ZEROS.length) {
      buffer.put(at, ZEROS, 0, Math.min(ZEROS.length, to - at));
    }
  }

  void drop() {
    buffers.clear();
  }
}

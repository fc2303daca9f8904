package dev.freshet.adaptation.runtime;

import java.util.EnumMap;
import java.util.Map;

/** A pool of buffers for each engine. Not thread-safe. */
final class BufferPools {
  private final Map<Engine, BufferPool> pools = new EnumMap<>(Engine.class);

  BufferPool of(Engine engine) {
    return pools.computeIfAbsent(engine, BufferPool::new);
  }

  void drop() {
    pools.values().forEach(BufferPool::drop);
  }
}

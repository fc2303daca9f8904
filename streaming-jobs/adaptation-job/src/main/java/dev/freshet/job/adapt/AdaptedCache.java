package dev.freshet.job.adapt;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The adapted parameters of the tasks asked most recently, within a number of bytes. */
final class AdaptedCache {
  private static final long KEY_OVERHEAD_BYTES = 120;

  private final long bytesMax;
  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  AdaptedCache(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  private record Entry(AdaptedSupport support, long bytes) {}

  Optional<AdaptedSupport> get(String task) {
    return Optional.ofNullable(entries.get(task)).map(Entry::support);
  }

  /** Remembers what was adapted, as large as it is now. */
  void put(String task, AdaptedSupport support) {
    remove(task);
    long cost = KEY_OVERHEAD_BYTES + 2L * task.length() + support.bytes();
    entries.put(task, new Entry(support, cost));
    bytes += cost;
    Iterator<Entry> eldestFirst = entries.values().iterator();
    while (bytes > bytesMax && eldestFirst.hasNext()) {
      bytes -= eldestFirst.next().bytes();
      eldestFirst.remove();
    }
  }

  void remove(String task) {
    Entry removed = entries.remove(task);
    if (removed != null) {
      bytes -= removed.bytes();
    }
  }

  long bytes() {
    return bytes;
  }

  int size() {
    return entries.size();
  }
}

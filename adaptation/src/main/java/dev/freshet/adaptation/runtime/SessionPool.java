package dev.freshet.adaptation.runtime;

import ai.onnxruntime.OrtException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sessions by graph and engine, each open as long as somebody holds a reference. A release that
 * differs from another in its weights alone shares its sessions: on a GPU, making them anew leaks.
 */
final class SessionPool {
  /**
   * Which session.
   *
   * @param graph SHA-256 of the graph's file, and which of its outputs are wanted if not all
   * @param engine where it runs
   */
  record Key(String graph, Engine engine) {}

  private static final class Entry {
    private final SharedSession session;
    private int references;

    private Entry(SharedSession session) {
      this.session = session;
    }
  }

  private final Map<Key, Entry> entries = new HashMap<>();

  synchronized SharedSession acquire(Key key, Supplier<byte[]> graph) throws OrtException {
    Entry entry = entries.get(key);
    if (entry == null) {
      entry = new Entry(SharedSession.open(graph.get(), key.engine()));
      entries.put(key, entry);
    }
    entry.references++;
    return entry.session;
  }

  synchronized void release(Key key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      throw new IllegalStateException("Session " + key + " is released more often than acquired.");
    }
    entry.references--;
    if (entry.references == 0) {
      entries.remove(key);
      entry.session.close();
    }
  }

  synchronized int open() {
    return entries.size();
  }
}

package dev.freshet.encoders;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the most recently used answers of another encoder, within a number of bytes. An answer
 * from the cache is the answer the encoder gave.
 *
 * <p>The lock is never held while encoding, so two threads that miss the same text at once both
 * encode it, and get the same bits.
 */
public final class CachingEncoder implements TextEncoder {
  /**
   * Bytes of an entry beside its characters and floats, rounded up: map node 48, string and its
   * array 48, encoded text and its array 48, and the table's slot.
   */
  static final long ENTRY_OVERHEAD_BYTES = 160;

  private final TextEncoder encoder;
  private final long bytesMax;
  private final Object lock = new Object();
  private final Map<String, EncodedText> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;
  private long hits;
  private long misses;
  private long evictions;

  /** What the cache did since it was made, and what it holds now. */
  public record Counts(long hits, long misses, long evictions, long entries, long bytes) {}

  /**
   * @param encoder closed with the cache
   * @param bytesMax limit on what the cache holds; 0 remembers nothing
   */
  public CachingEncoder(TextEncoder encoder, long bytesMax) {
    if (bytesMax < 0) {
      throw new IllegalArgumentException(
          "The encoder's cache cannot hold " + bytesMax + " bytes; expected 0 or more.");
    }
    this.encoder = encoder;
    this.bytesMax = bytesMax;
  }

  @Override
  public String id() {
    return encoder.id();
  }

  @Override
  public int dimension() {
    return encoder.dimension();
  }

  @Override
  public EncodedText encode(String text) {
    EncodedText known = find(text);
    if (known != null) {
      return known;
    }
    EncodedText encoded = encoder.encode(text);
    remember(text, encoded);
    return encoded;
  }

  public Counts counts() {
    synchronized (lock) {
      return new Counts(hits, misses, evictions, entries.size(), bytes);
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      entries.clear();
      bytes = 0;
    }
    encoder.close();
  }

  private @Nullable EncodedText find(String text) {
    synchronized (lock) {
      EncodedText known = entries.get(text);
      if (known == null) {
        misses++;
      } else {
        hits++;
      }
      return known;
    }
  }

  private void remember(String text, EncodedText encoded) {
    long cost = cost(text, encoded);
    if (cost > bytesMax) {
      return; // It would push out everything else and then itself.
    }
    synchronized (lock) {
      if (entries.putIfAbsent(text, encoded) != null) {
        return;
      }
      bytes += cost;
      evictDownTo(bytesMax);
    }
  }

  private void evictDownTo(long limit) {
    Iterator<Map.Entry<String, EncodedText>> eldestFirst = entries.entrySet().iterator();
    while (bytes > limit) {
      Map.Entry<String, EncodedText> eldest = eldestFirst.next();
      bytes -= cost(eldest.getKey(), eldest.getValue());
      eldestFirst.remove();
      evictions++;
    }
  }

  /**
   * Two bytes a character, which a Latin-1 string does not need: the limit errs on the safe side.
   */
  static long cost(String text, EncodedText encoded) {
    return ENTRY_OVERHEAD_BYTES + 2L * text.length() + (long) Float.BYTES * encoded.dimension();
  }
}
